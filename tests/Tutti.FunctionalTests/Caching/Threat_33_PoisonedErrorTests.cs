using System.Net;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.FunctionalTests.Threats;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Caching;

/// <summary>
/// Nobody can make a page unavailable for others by having its backend refuse it once: neither by a header that is too large for it, nor by
/// characters that it does not take, nor by the override of its method.
/// </summary>
public sealed class Threat_33_PoisonedErrorTests : IAsyncLifetime
{
    const int MostBytes = 4_096;

    CacheScene _scene = null!;

    public async ValueTask InitializeAsync()
    {
        _scene = await CacheScene.StartAsync(part => part with { Params = [Some.Param(ParamKind.Query, "id"), Some.Param(ParamKind.Header, "X-Kind", input: "kind")] });
        _scene.Answer = RefuseAsync;
    }

    [Theory]
    [InlineData("X-Oversized", 8_000)]
    [InlineData("Cookie", 8_000)]
    [InlineData("X-HTTP-Method-Override", 0)]
    [InlineData("X-HTTP-Method", 0)]
    [InlineData("X-Method-Override", 0)]
    [InlineData("Range", 0)]
    [InlineData("Expect", 0)]
    public async Task Threat_33_A_header_that_the_backend_would_refuse_does_not_reach_it(string name, int length)
    {
        using var attack = await _scene.GetAsync(name, length > 0 ? new string('x', length) : name is "Range" ? "bytes=9-1" : "DELETE");

        await IsServedAsync();
        _scene.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData("\u0001")]
    [InlineData("\u0007")]
    [InlineData("\u007f")]
    public async Task Threat_33_A_character_that_the_backend_would_refuse_does_not_reach_it(string character)
    {
        using var client = await RawClient.ConnectAsync(_scene.Gateway);
        await client.SendAsync($"GET /parts/{_scene.Part.PartId} HTTP/1.1\r\nHost: a\r\nX-Meta: a{character}b\r\nConnection: close\r\n\r\n");
        await client.ReadStatusAsync();

        var refused = await _scene.AskAsync(("kind", $"a{character}b"));

        refused.Errors.ShouldNotBeEmpty();
        await IsServedAsync();
    }

    [Theory]
    [InlineData("too large")]
    [InlineData("not allowed")]
    public async Task Threat_33_An_error_that_a_value_provokes_is_for_those_who_send_that_value(string kind)
    {
        var value = kind == "too large" ? new string('x', MostBytes + 1) : "DELETE";
        (await _scene.AskAsync(("id", "1"), ("kind", value))).Status.ShouldNotBe(200);

        (await _scene.AskAsync(("id", "1"))).ShouldBeGood();
        (await _scene.AskAsync(("id", "1"), ("kind", "fine"))).ShouldBeGood();
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(413)]
    [InlineData(429)]
    [InlineData(431)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Threat_33_A_refusal_that_passes_is_not_stored(int status)
    {
        _scene.Answer = context =>
        {
            context.Response.StatusCode = _scene.Calls == 1 ? status : 200;
            return Task.CompletedTask;
        };
        using var bad = await _scene.GetAsync();

        ((int)bad.StatusCode).ShouldBe(status);
        await IsServedAsync();
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    /// <summary>Refuses as backends do, with statuses that caches keep without being told, such as 405 and 414.</summary>
    static Task RefuseAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        context.Response.StatusCode =
            headers.Sum(header => header.Key.Length + header.Value.ToString().Length) > MostBytes ? 414
            : headers.Any(header => header.Value.ToString() == "DELETE") ? 405
            : headers.ContainsKey("Range") || headers.ContainsKey("X-Meta") ? 404
            : 200;
        return Task.CompletedTask;
    }

    async Task IsServedAsync()
    {
        using var answer = await _scene.GetAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
