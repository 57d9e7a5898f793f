using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Caching;

/// <summary>What a 304 is taken for (RFC 9111, 4.3.4).</summary>
public sealed class ConfirmationTests : IAsyncLifetime
{
    CacheScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await CacheScene.StartAsync();

    [Theory]
    [InlineData("\"x\"", 2, "1")]
    [InlineData("W/\"x\"", 2, "1")]
    [InlineData(null, 2, "1")]
    [InlineData("\"y\"", 3, "2")]
    [InlineData("W/\"y\"", 3, "2")]
    public async Task It_confirms_the_stored_answer_that_it_names_and_no_other(string? named, int calls, string contents)
    {
        _scene.Answer = context =>
        {
            var asks = context.Request.Headers.ContainsKey("If-None-Match");
            context.Response.StatusCode = asks ? 304 : 200;
            context.Response.Headers.ETag = asks ? named : "\"x\"";
            return Task.CompletedTask;
        };
        await _scene.AskAsync();

        var second = await _scene.AskAsync();

        (second.Contents, second.Status, CacheScene.IsFromCache(second)).ShouldBe((contents, 200, contents == "1"));
        _scene.Calls.ShouldBe(calls);
        (_scene.Backend.Requests[^1].Header("If-None-Match") is null).ShouldBe(calls == 3);
    }

    [Theory]
    [InlineData("Sat, 01 Jan 2022 00:00:00 GMT", "1")]
    [InlineData("Sun, 02 Jan 2022 00:00:00 GMT", "2")]
    public async Task Without_a_tag_it_names_it_by_its_date(string named, string contents)
    {
        _scene.Answer = context =>
        {
            var asks = context.Request.Headers.ContainsKey("If-Modified-Since");
            context.Response.StatusCode = asks ? 304 : 200;
            context.Response.Headers.LastModified = asks ? named : "Sat, 01 Jan 2022 00:00:00 GMT";
            return Task.CompletedTask;
        };
        await _scene.AskAsync();

        (await _scene.AskAsync()).Contents.ShouldBe(contents);
    }

    [Fact]
    public async Task One_who_says_it_to_a_request_without_conditions_is_asked_twice_and_no_more()
    {
        _scene.Say("ETag", "\"x\"");
        await _scene.AskAsync();
        _scene.Answer = context =>
        {
            context.Response.StatusCode = 304;
            context.Response.Headers.ETag = "\"y\"";
            return Task.CompletedTask;
        };

        var second = await _scene.AskAsync();

        (second.Status, second.Contents, CacheScene.IsFromCache(second)).ShouldBe((304, null, false));
        _scene.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task To_a_condition_of_the_part_it_is_the_answer_itself()
    {
        await _scene.RegisterAsync(_scene.Part with { Params = [Some.Param(ParamKind.Header, "If-None-Match")] });
        _scene.Answer = context =>
        {
            context.Response.Headers.ETag = "\"x\"";
            context.Response.StatusCode = _scene.Calls > 1 ? 304 : 200;
            return Task.CompletedTask;
        };
        await _scene.AskAsync(("If-None-Match", "\"x\""));

        var second = await _scene.AskAsync(("If-None-Match", "\"x\""));

        (second.Status, second.Contents, CacheScene.IsFromCache(second)).ShouldBe((304, null, false));
        _scene.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task The_second_call_takes_no_more_than_what_is_left_of_the_time()
    {
        await _scene.RegisterAsync(_scene.Part with { Timeout = 700 });
        _scene.Say("ETag", "\"x\"");
        await _scene.AskAsync();
        _scene.Answer = async context =>
        {
            context.Response.StatusCode = context.Request.Headers.ContainsKey("If-None-Match") ? 304 : 200;
            context.Response.Headers.ETag = "\"y\"";
            await Task.Delay(450);
        };

        (await _scene.AskAsync()).ShouldFailWith("Timed out after 700 ms");
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();
}
