using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tutti.Contracts.Aggregation;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Caching;

/// <summary>What is answered from memory, and what is not (behaviours 45 to 57 of Octoparts, with what Tutti decides).</summary>
public sealed class PartCacheTests : IAsyncLifetime
{
    TestGateway _gateway = null!;
    Backend _backend = null!;
    Action<HttpContext> _header = _ => { };
    int _answers;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync();
        _backend = await Backend.StartAsync(async context =>
        {
            _header(context);
            if (context.Response.StatusCode != 304)
            {
                await context.Response.WriteAsync(Interlocked.Increment(ref _answers).ToString(CultureInfo.InvariantCulture));
            }
        });
    }

    [Theory]
    [InlineData(60_000L, "", 1)]
    [InlineData(null, "", 1)]
    [InlineData(0L, "", 2)]
    [InlineData(999L, "", 2)]
    [InlineData(60_000L, "max-age=60", 1)]
    [InlineData(60_000L, "max-age=0", 2)]
    [InlineData(60_000L, "s-maxage=60, max-age=0", 1)]
    [InlineData(60_000L, "no-store", 2)]
    [InlineData(60_000L, "private, max-age=60", 2)]
    [InlineData(60_000L, "no-cache", 2)]
    public async Task A_second_request_calls_the_backend_or_not(long? ttl, string control, int calls)
    {
        _header = context => context.Response.Headers.CacheControl = control;
        var part = await RegisterAsync(ttl);

        (await AskAsync(part)).Contents.ShouldBe("1");
        var second = await AskAsync(part);

        second.Contents.ShouldBe(calls.ToString(CultureInfo.InvariantCulture));
        IsFromCache(second).ShouldBe(calls == 1);
        _backend.Requests.Length.ShouldBe(calls);
    }

    [Theory]
    [InlineData(404, 1)]
    [InlineData(400, 2)]
    [InlineData(500, 2)]
    [InlineData(503, 2)]
    public async Task Statuses_are_stored_that_allow_it(int status, int calls)
    {
        _header = context => context.Response.StatusCode = status;
        var part = await RegisterAsync(60_000);

        await AskAsync(part);
        var second = await AskAsync(part);

        second.Status.ShouldBe(status);
        second.Errors.Length.ShouldBe(1);
        _backend.Requests.Length.ShouldBe(calls);
    }

    [Fact]
    public async Task A_part_may_store_what_the_rule_does_not()
    {
        _header = context => context.Response.StatusCode = 400;
        var part = await _gateway.RegisterOneAsync(Part(60_000) with { Method = "post", Cache = new CacheConfig { StoreErrors = true, StoreUnsafe = true } });

        await AskAsync(part);
        IsFromCache(await AskAsync(part)).ShouldBeTrue();
    }

    [Fact]
    public async Task With_a_validator_each_use_is_confirmed_by_the_backend()
    {
        _header = context =>
        {
            context.Response.Headers.ETag = "\"x\"";
            context.Response.StatusCode = context.Request.Headers.IfNoneMatch == "\"x\"" ? 304 : 200;
        };
        var part = await RegisterAsync(60_000);

        await AskAsync(part);
        var second = await AskAsync(part);

        (second.Contents, second.Status, IsFromCache(second)).ShouldBe(("1", 200, true));
        second.Json.GetProperty("cacheControl").GetProperty("etag").GetString().ShouldBe("\"x\"");
        _backend.Requests.Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_registered_params_tell_answers_apart_and_others_do_not()
    {
        var part = await RegisterAsync(60_000);

        await AskAsync(part, ("id", "1"), ("other", "a"));
        IsFromCache(await AskAsync(part, ("id", "1"), ("other", "b"))).ShouldBeTrue();
        IsFromCache(await AskAsync(part, ("id", "2"))).ShouldBeFalse();
        IsFromCache(await AskAsync(part, ("id", "1"), ("id", "2"))).ShouldBeFalse();
    }

    [Fact]
    public async Task Threat_30_An_answer_to_one_user_reaches_no_other()
    {
        var part = await _gateway.RegisterOneAsync(Part(60_000) with { Params = [Some.Param(ParamKind.Header, "X-User", input: "meta.userId")] });

        async Task<string?> AskAs(string user) =>
            PartAnswer.AllOf(await _gateway.AnswerAsync(new AggregateRequest(new RequestMeta("r", UserId: user), [Some.Ask(part)])))[0].Contents;

        (await AskAs("a")).ShouldBe("1");
        (await AskAs("b")).ShouldBe("2");
        (await AskAs("a")).ShouldBe("1");
    }

    [Fact]
    public async Task Threat_31_An_answer_that_sets_a_cookie_is_not_stored()
    {
        _header = context => context.Response.Headers.SetCookie = "session=1";
        var part = await RegisterAsync(60_000);

        await AskAsync(part);
        (await AskAsync(part)).Contents.ShouldBe("2");
    }

    [Theory]
    [InlineData("no-cache")]
    [InlineData("no-store, No-Cache")]
    public async Task A_client_reads_past_the_cache_and_the_new_answer_is_stored(string control)
    {
        var part = await RegisterAsync(60_000);
        await AskAsync(part);
        _gateway.Traffic.DefaultRequestHeaders.TryAddWithoutValidation("Cache-Control", control);

        (await AskAsync(part)).Contents.ShouldBe("2");
        _gateway.Traffic.DefaultRequestHeaders.Clear();

        (await AskAsync(part)).Contents.ShouldBe("2");
    }

    [Fact]
    public async Task Threat_35_A_thousand_who_miss_the_same_cost_one_call()
    {
        var release = new TaskCompletionSource();
        await using var slow = await Backend.StartAsync(async context =>
        {
            await release.Task;
            await context.Response.WriteAsync("slow");
        });
        var part = await _gateway.RegisterOneAsync(Part(60_000) with { Uri = $"{slow.Url}/" });

        var asking = Enumerable.Range(0, 1_000).Select(_ => AskAsync(part)).ToArray();
        await Eventually.BeAsync(() => slow.Requests.Length, 1);
        release.SetResult();

        (await Task.WhenAll(asking)).ShouldAllBe(answer => answer.Contents == "slow");
        slow.Requests.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Threat_35_Private_answers_are_neither_shared_nor_made_to_wait_for_each_other()
    {
        _header = context => context.Response.Headers.CacheControl = "private";
        var part = await RegisterAsync(60_000);
        await AskAsync(part);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AskAsync(part)));

        answers.Select(answer => answer.Contents).Distinct().Count().ShouldBe(50);
    }

    [Fact]
    public async Task One_part_tells_of_the_cache()
    {
        var part = await RegisterAsync(60_000);

        (await _gateway.Traffic.GetAsync($"/parts/{part}?id=1")).Headers.GetValues("Cache-Status").ShouldBe(["Tutti; fwd=uri-miss; stored"]);
        using var hit = await _gateway.Traffic.GetAsync($"/parts/{part}?id=1");

        hit.Headers.GetValues("Cache-Status").Single().ShouldStartWith("Tutti; hit; ttl=");
        hit.Headers.Age.ShouldNotBeNull();
        (await hit.Content.ReadAsStringAsync()).ShouldBe("1");
    }

    [Fact]
    public async Task Stale_answers_are_served_while_they_are_fetched_anew()
    {
        _header = context => context.Response.Headers.CacheControl = "max-age=0, stale-while-revalidate=60";
        var part = await RegisterAsync(60_000);
        await AskAsync(part);

        (await AskAsync(part)).Contents.ShouldBe("1");

        await Eventually.TrueAsync(async () => (await AskAsync(part)).Contents != "1");
    }

    [Fact]
    public async Task Stale_answers_stand_in_for_a_backend_that_fails()
    {
        _header = context => context.Response.Headers.CacheControl = "max-age=0, stale-if-error=60";
        var part = await RegisterAsync(60_000);
        await AskAsync(part);
        _header = context => context.Response.StatusCode = 500;

        (await AskAsync(part)).ShouldBeGood("1");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    PartConfig Part(long? ttl) => Some.Part($"{_backend.Url}/", Some.Param(ParamKind.Query, "id")) with { CacheTtl = ttl };

    Task<string> RegisterAsync(long? ttl) => _gateway.RegisterOneAsync(Part(ttl));

    async Task<PartAnswer> AskAsync(string part, params (string Key, string Value)[] values) => (await _gateway.AskAsync(Some.Ask(part, values)))[0];

    static bool IsFromCache(PartAnswer answer) => answer.Json.GetProperty("retrievedFromCache").GetBoolean();
}
