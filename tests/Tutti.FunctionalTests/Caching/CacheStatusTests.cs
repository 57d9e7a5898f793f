using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Caching.Cluster;

namespace Tutti.FunctionalTests.Caching;

/// <summary>What the door of one part tells of the cache in each outcome: Cache-Status (RFC 9211) and Age (RFC 9111, 5.1).</summary>
public sealed partial class CacheStatusTests : IAsyncLifetime
{
    CacheScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await CacheScene.StartAsync();

    [Theory]
    [InlineData("max-age=60", null, "Tutti; fwd=uri-miss; stored", null, "Tutti; hit; ttl=60", "0")]
    [InlineData("max-age=60", "10", "Tutti; fwd=uri-miss; stored", "10", "Tutti; hit; ttl=50", "10")]
    [InlineData("max-age=0, stale-while-revalidate=60", "5", "Tutti; fwd=uri-miss; stored", "5", "Tutti; hit; ttl=-5", "5")]
    [InlineData("no-store", "5", "Tutti; fwd=uri-miss", "5", "Tutti; fwd=uri-miss", "5")]
    [InlineData("private", null, "Tutti; fwd=uri-miss", null, "Tutti; fwd=uri-miss", null)]
    public async Task Of_a_miss_and_of_what_comes_after(string control, string? age, string first, string? firstAge, string second, string? secondAge)
    {
        _scene.Answer = Say(control, age);

        (await GetAsync()).ShouldBe((200, first, firstAge));
        (await GetAsync()).ShouldBe((200, second, secondAge));
    }

    [Theory]
    [InlineData(503, "Tutti; fwd=stale; fwd-status=503; ttl=-5")]
    [InlineData(0, "Tutti; fwd=stale; ttl=-5")]
    public async Task Of_a_stale_answer_in_place_of_a_failure(int status, string told)
    {
        _scene.Answer = Say("max-age=0, stale-if-error=60", "5");
        await GetAsync();
        _scene.Answer = context =>
        {
            context.Response.StatusCode = status;
            if (status == 0)
            {
                context.Abort();
            }

            return Task.CompletedTask;
        };

        (await GetAsync()).ShouldBe((200, told, "5"));
    }

    [Fact]
    public async Task Of_a_stored_answer_that_the_backend_confirms()
    {
        _scene.Answer = context =>
        {
            var asks = context.Request.Headers.ContainsKey("If-None-Match");
            context.Response.Headers.ETag = "\"x\"";
            context.Response.StatusCode = asks ? 304 : 200;
            return Say("max-age=60", asks ? "10" : "60")(context);
        };
        await GetAsync();

        (await GetAsync()).ShouldBe((200, "Tutti; fwd=stale; fwd-status=304; stored; ttl=50", "10"));
        (await GetAsync()).ShouldBe((200, "Tutti; hit; ttl=50", "10"));
        (await GetAsync("If-None-Match", "\"x\"")).ShouldBe((304, "Tutti; hit; ttl=50", "10"));
    }

    [Fact]
    public async Task Of_one_who_waited_for_another()
    {
        var release = new TaskCompletionSource();
        _scene.Answer = async context =>
        {
            await Say("max-age=60", null)(context);
            await release.Task;
        };
        var leader = GetAsync();
        await Eventually.BeAsync(() => _scene.Calls, 1);
        var follower = GetAsync();
        await Task.Delay(200);
        release.SetResult();

        (await leader).ShouldBe((200, "Tutti; fwd=uri-miss; stored", null));
        (await follower).ShouldBe((200, "Tutti; fwd=uri-miss; stored; collapsed", "0"));
    }

    [Fact]
    public async Task Of_one_who_reads_past_the_cache()
    {
        _scene.Answer = Say("max-age=60", null);
        await GetAsync();

        (await GetAsync("Cache-Control", "no-cache")).ShouldBe((200, "Tutti; fwd=request; stored", null));
    }

    [Theory]
    [InlineData("private", 500)]
    [InlineData("max-age=60", 500)]
    public async Task Of_a_failure(string control, int status)
    {
        _scene.Answer = context =>
        {
            context.Response.StatusCode = status;
            return Say(control, null)(context);
        };

        (await GetAsync()).ShouldBe((status, "Tutti; fwd=uri-miss", null));
    }

    [Theory]
    [InlineData("get", "Tutti; fwd=bypass")]
    [InlineData("post", "Tutti; fwd=method")]
    public async Task Of_a_part_that_is_not_cached(string method, string told)
    {
        await _scene.RegisterAsync(_scene.Part with { Method = method, CacheTtl = 0 });
        _scene.Answer = Say("max-age=60", "5");

        (await GetAsync(method: method)).ShouldBe((200, told, "5"));
    }

    [Fact]
    public async Task Behind_what_caches_nearer_to_the_origin_tell()
    {
        _scene.Say("Cache-Status", "Origin; hit");

        (await GetAsync()).Status.ShouldBe("Origin; hit, Tutti; fwd=uri-miss; stored");
        (await GetAsync()).Status.ShouldStartWith("Origin; hit, Tutti; hit; ttl=");
    }

    [Fact]
    public async Task Of_what_another_node_had()
    {
        await using var redis = await RedisServer.StartAsync();
        string[] settings = [$"Redis:ConnectionString={redis.ConnectionString}", "Redis:PollMs=200"];
        await using var one = await CacheScene.StartAsync(settings: settings);
        await using var other = await TestGateway.StartAsync(settings);
        await other.RegisterAsync(one.Part);
        await Eventually.BeAsync(() => one.Gateway.Get<ClusterNode>().IsInStep && other.Get<ClusterNode>().IsInStep, true);
        one.Say("Cache-Control", "max-age=60");
        await one.AskAsync();
        await Eventually.TrueAsync(async () => await redis.SendAsync("KEYS", "tutti:*:e:*") == "*1");

        using var answer = await other.Traffic.GetAsync($"/parts/{one.Part.PartId}");

        answer.Headers.GetValues("Cache-Status").Single().ShouldStartWith("Tutti; hit; ttl=");
        answer.Headers.GetValues("Cache-Status").Single().ShouldEndWith("; detail=shared");
        one.Calls.ShouldBe(1);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    static Func<HttpContext, Task> Say(string control, string? age) => context =>
    {
        context.Response.Headers.CacheControl = control;
        context.Response.Headers.Age = age;
        return Task.CompletedTask;
    };

    async Task<(int Code, string Status, string? Age)> GetAsync(string? header = null, string value = "", string method = "get")
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), $"/parts/{_scene.Part.PartId}");
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        using var answer = await _scene.Gateway.Traffic.SendAsync(request);
        var told = answer.Headers.TryGetValues("Cache-Status", out var lines) ? string.Join(", ", lines) : "";
        return ((int)answer.StatusCode, Lifetime().Replace(told, SoonAfter), FiveSeconds(answer.Headers.Age?.TotalSeconds));
    }

    /// <summary>Rounded to where the seconds began: a slow machine needs some for the test itself.</summary>
    static string SoonAfter(Match lifetime) =>
        string.Create(CultureInfo.InvariantCulture, $"ttl={Math.Ceiling(int.Parse(lifetime.Groups[1].Value, CultureInfo.InvariantCulture) / 5.0) * 5}");

    static string? FiveSeconds(double? age) => age is { } seconds ? (Math.Floor(seconds / 5) * 5).ToString(CultureInfo.InvariantCulture) : null;

    [GeneratedRegex("ttl=(-?[0-9]+)")]
    private static partial Regex Lifetime();
}
