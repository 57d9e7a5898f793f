using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Caching;

/// <summary>How long answers are used: by the part's own time, the backend's, and its validators.</summary>
public sealed class LifetimeTests : IAsyncLifetime
{
    CacheScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await CacheScene.StartAsync();

    [Theory]
    [InlineData(60_000L, "max-age=2")]
    [InlineData(null, "max-age=2")]
    [InlineData(2_000L, "max-age=60")]
    [InlineData(2_000L, "")]
    public async Task The_shorter_time_ends_it(long? ttl, string control)
    {
        _scene.Say("Cache-Control", control);
        await _scene.RegisterAsync(_scene.Part with { CacheTtl = ttl });
        await _scene.AskAsync();
        CacheScene.IsFromCache(await _scene.AskAsync()).ShouldBeTrue();

        await Eventually.TrueAsync(async () => (await _scene.AskAsync()).Contents == "2");

        _scene.Calls.ShouldBe(2);
    }

    [Theory]
    [InlineData("Age", "90")]
    [InlineData("Date", "Sat, 01 Jan 2022 00:00:00 GMT")]
    public async Task The_parts_own_time_begins_when_the_answer_comes(string name, string value)
    {
        _scene.Say(name, value);
        await _scene.AskAsync();

        CacheScene.IsFromCache(await _scene.AskAsync()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("max-age=60", "0", 1)]
    [InlineData("max-age=60", "60", 2)]
    [InlineData("", "0", 2)]
    [InlineData("no-cache, max-age=60", "0", 2)]
    public async Task With_a_validator_it_is_confirmed_once_the_backends_time_is_over(string control, string age, int calls)
    {
        _scene.Answer = Validated(control, age);
        await _scene.AskAsync();

        var second = await _scene.AskAsync();

        (second.Contents, second.Status, CacheScene.IsFromCache(second)).ShouldBe(("1", 200, true));
        _scene.Calls.ShouldBe(calls);
    }

    [Fact]
    public async Task Both_validators_are_sent_and_a_changed_answer_takes_the_place_of_the_old()
    {
        _scene.Answer = context =>
        {
            context.Response.Headers.ETag = $"\"{_scene.Calls}\"";
            context.Response.Headers.LastModified = "Sat, 01 Jan 2022 00:00:00 GMT";
            return Task.CompletedTask;
        };
        await _scene.AskAsync();

        var second = await _scene.AskAsync();

        (second.Contents, CacheScene.IsFromCache(second)).ShouldBe(("2", false));
        var request = _scene.Backend.Requests[1];
        (request.Header("If-None-Match"), request.Header("If-Modified-Since")).ShouldBe(("\"1\"", "Sat, 01 Jan 2022 00:00:00 GMT"));
        second.Json.GetProperty("cacheControl").GetProperty("etag").GetString().ShouldBe("\"2\"");
    }

    [Fact]
    public async Task A_confirmed_answer_is_fresh_again()
    {
        _scene.Answer = context => Validated("max-age=60", context.Request.Headers.ContainsKey("If-None-Match") ? "0" : "60")(context);
        await _scene.AskAsync();
        await _scene.AskAsync();

        await _scene.AskAsync();

        _scene.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task The_rules_are_told_as_they_were_stored()
    {
        _scene.Answer = Validated("max-age=60", "0");
        var first = await _scene.AskAsync();
        await Task.Delay(20);

        var second = await _scene.AskAsync();

        CacheScene.IsFromCache(second).ShouldBeTrue();
        second.Json.GetProperty("cacheControl").GetRawText().ShouldBe(first.Json.GetProperty("cacheControl").GetRawText());
        var ends = first.Json.GetProperty("cacheControl").GetProperty("expiresAt").GetInt64();
        Math.Abs(ends - DateTimeOffset.UtcNow.AddSeconds(60).ToUnixTimeMilliseconds()).ShouldBeLessThan(10_000, ends.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("post", false, 400, 2)]
    [InlineData("post", true, 200, 1)]
    [InlineData("post", false, 200, 2)]
    public async Task Methods_that_change_something_are_stored_if_the_part_says_so(string method, bool storeUnsafe, int status, int calls)
    {
        _scene.Answer = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        await _scene.RegisterAsync(_scene.Part with { Method = method, Cache = new CacheConfig { StoreErrors = true, StoreUnsafe = storeUnsafe } });
        await _scene.AskAsync();
        await _scene.AskAsync();

        _scene.Calls.ShouldBe(calls);
    }

    [Theory]
    [InlineData("max-age=0, must-revalidate, stale-while-revalidate=60")]
    [InlineData("max-age=0, must-revalidate, stale-if-error=60")]
    public async Task What_must_be_validated_is_never_served_stale(string control)
    {
        _scene.Say("Cache-Control", control);
        await _scene.AskAsync();
        _scene.Answer = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };

        (await _scene.AskAsync()).Status.ShouldBe(503);
    }

    [Fact]
    public async Task A_dead_backend_is_stood_in_for_too()
    {
        _scene.Say("Cache-Control", "max-age=0, stale-if-error=60");
        await _scene.AskAsync();
        _scene.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        var answer = await _scene.AskAsync();

        answer.ShouldBeGood("1");
        CacheScene.IsFromCache(answer).ShouldBeTrue();
    }

    [Fact]
    public async Task A_change_of_the_uri_leaves_old_answers_behind()
    {
        var old = _scene.Part;
        await _scene.AskAsync();
        await _scene.RegisterAsync(old with { Uri = $"{_scene.Backend.Url}/new" });

        (await _scene.AskAsync()).Contents.ShouldBe("2");
        _scene.Backend.Requests[^1].Target.ShouldBe("/new");
    }

    [Fact]
    public async Task An_answer_too_late_for_its_request_serves_the_next()
    {
        var release = new TaskCompletionSource();
        _scene.Answer = _ => release.Task;
        (await _scene.AskWithinAsync(100)).Status.ShouldBeNull();
        release.SetResult();

        await Eventually.TrueAsync(async () => CacheScene.IsFromCache(await _scene.AskAsync()));

        _scene.Calls.ShouldBe(1);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    static Func<HttpContext, Task> Validated(string control, string age) => context =>
    {
        context.Response.Headers.ETag = "\"x\"";
        context.Response.Headers.LastModified = "Sat, 01 Jan 2022 00:00:00 GMT";
        context.Response.Headers.CacheControl = control;
        context.Response.Headers.Age = age;
        context.Response.StatusCode = context.Request.Headers.IfNoneMatch == "\"x\"" ? 304 : 200;
        return Task.CompletedTask;
    };
}
