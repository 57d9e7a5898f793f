using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Samples.Storefront.Raw;

namespace Tutti.FunctionalTests.Behaviours;

/// <summary>One part as plain HTTP where its backend or its caller fails: nothing half is taken for whole, and nothing is held.</summary>
public sealed class OnePartTroubleTests(SharedGateway shared)
{
    readonly TestGateway _gateway = shared.Gateway;

    [Theory]
    [InlineData("close-at-once", 502)]
    [InlineData("garbage", 502)]
    [InlineData("double-length", 502)]
    [InlineData("header-flood", 502)]
    [InlineData("status99", 502)]
    [InlineData("tls-self-signed", 502)]
    [InlineData("never-answers", 504)]
    [InlineData("stall-in-headers", 504)]
    public async Task Trouble_before_the_answer_is_502_and_a_passed_deadline_504(string fault, int status)
    {
        await using var backend = RawBackend.Start(fault);
        var part = Some.Part($"{backend.Url}/") with { Timeout = 500, Pool = Some.Name("pool") };

        using var answer = await GetAsync(part);

        ((int)answer.StatusCode).ShouldBe(status);
        (await OnePartTests.TextAsync(answer)).ShouldNotBeNullOrEmpty();
        Pool(part).Active.ShouldBe(0);
        await Eventually.BeAsync(() => backend.Open, 0);
    }

    [Fact]
    public async Task Silence_longer_than_the_read_timeout_is_504()
    {
        await using var backend = RawBackend.Start("never-answers");
        var part = Some.Part($"{backend.Url}/");

        using var answer = await GetAsync(part with { Backend = part.Backend with { ReadTimeout = 100, ConnectTimeout = 100 } });

        ((int)answer.StatusCode, await OnePartTests.TextAsync(answer)).ShouldBe((504, "No data for 100 ms"));
    }

    [Fact]
    public async Task An_open_circuit_and_a_full_pool_are_503_with_the_time_to_wait()
    {
        await using var backend = await Backend.StartAsync();
        var (open, full) = (Some.Part(backend.Url), Some.Part(backend.Url) with { Pool = Some.Name("pool") });
        await _gateway.RegisterAsync([Some.Pool(full.Pool, size: 1, queue: 0)], open, full);
        Circuit(open).Force(CircuitState.Open, TimeSpan.FromMinutes(1));
        using var place = new Place(Pool(full));

        foreach (var (part, words) in new[] { (open, $"Circuit of part {open.PartId} is open"), (full, $"Pool {full.Pool} is full") })
        {
            using var answer = await _gateway.Traffic.GetAsync($"/parts/{part.PartId}");
            ((int)answer.StatusCode, await OnePartTests.TextAsync(answer)).ShouldBe((503, words));
            answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        }

        backend.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("truncated-length")]
    [InlineData("truncated-chunked")]
    [InlineData("reset-mid-body")]
    [InlineData("stall-in-body")]
    [InlineData("slow-drip")]
    public async Task A_body_that_breaks_off_is_not_taken_for_complete(string fault)
    {
        await using var backend = RawBackend.Start(fault);
        var part = Some.Part($"{backend.Url}/") with { Timeout = 600, Pool = Some.Name("pool") };
        await _gateway.RegisterAsync(part);

        await Should.ThrowAsync<HttpRequestException>(async () =>
        {
            using var answer = await _gateway.Traffic.GetAsync($"/parts/{part.PartId}");
        });

        await Eventually.BeAsync(() => backend.Open, 0);
        Pool(part).Active.ShouldBe(0);
        (Circuit(part).Calls, Circuit(part).Failures).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_where_its_length_is_declared_and_cut_off_where_not()
    {
        await using var declared = await Backend.StartAsync(context =>
        {
            context.Response.ContentLength = 101;
            return context.Response.WriteAsync(new string('x', 101));
        });
        await using var endless = RawBackend.Start("endless-body");
        var small = new BackendConfig { MaxBodyBytes = 100 };

        using var answer = await GetAsync(Some.Part(declared.Url) with { Backend = small });

        ((int)answer.StatusCode, await OnePartTests.TextAsync(answer)).ShouldBe((502, "The body is larger than 100 bytes"));
        await Should.ThrowAsync<HttpRequestException>(async () =>
        {
            using var cut = await GetAsync(Some.Part($"{endless.Url}/") with { Backend = small with { MaxBodyBytes = 1_000_000 } });
        });
        await Eventually.BeAsync(() => endless.Open, 0);
    }

    [Theory]
    [InlineData("close-at-once")]
    [InlineData("double-length")]
    [InlineData("never-answers")]
    public async Task Local_contents_stand_in_for_an_answer_that_does_not_begin(string fault)
    {
        await using var backend = RawBackend.Start(fault);
        var local = new LocalContentsConfig { AsFallback = true, Contents = "ü" };

        using var answer = await GetAsync(Some.Part($"{backend.Url}/") with { Timeout = 300, LocalContents = local });

        ((int)answer.StatusCode, await OnePartTests.TextAsync(answer)).ShouldBe((203, "ü"));
    }

    [Theory]
    [InlineData(503, 203)]
    [InlineData(500, 500)]
    public async Task Local_contents_stand_in_for_503_alone_and_a_successor_is_told(int status, int passed)
    {
        await using var backend = await Backend.StartAsync(status);
        var part = Some.Part(backend.Url) with { LocalContents = new LocalContentsConfig { AsFallback = true }, DeprecatedInFavourOf = "a b" };

        using var answer = await GetAsync(part);

        ((int)answer.StatusCode).ShouldBe(passed);
        answer.Headers.GetValues("Link").ShouldBe(["</parts/a%20b>; rel=\"successor-version\""]);
    }

    [Fact]
    public async Task Threat_28_a_caller_who_leaves_in_mid_stream_ends_the_call_and_the_circuit_learns_nothing()
    {
        var gone = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(async context =>
        {
            await using var aborted = context.RequestAborted.Register(gone.SetResult);
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            await gone.Task;
        });
        var part = Some.Part(backend.Url) with { Pool = Some.Name("pool") };
        await _gateway.RegisterAsync(part);

        (await _gateway.Traffic.GetAsync($"/parts/{part.PartId}", HttpCompletionOption.ResponseHeadersRead)).Dispose();

        await gone.Task.WaitAsync(Eventually.HangGuard);
        await Eventually.BeAsync(() => Pool(part).Active, 0);
        Circuit(part).Calls.ShouldBe(0);
    }

    [Theory]
    [InlineData(600, 5_000)]
    [InlineData(1_500, 200)]
    public async Task Threat_18_a_caller_who_reads_slowly_is_cut_off_at_the_deadline_and_the_circuit_learns_nothing(int timeout, int readTimeout)
    {
        await using var backend = RawBackend.Start("endless-body");
        var part = Some.Part($"{backend.Url}/") with { Timeout = timeout, Pool = Some.Name("pool") };
        await _gateway.RegisterAsync(part with { Backend = part.Backend with { ReadTimeout = readTimeout, MaxBodyBytes = long.MaxValue } });
        using var client = await Threats.RawClient.ConnectAsync(_gateway);

        await client.SendAsync($"GET /parts/{part.PartId} HTTP/1.1\r\nHost: x\r\n\r\n");

        await Eventually.BeAsync(() => Pool(part).Active, 1);
        await Eventually.BeAsync(() => Pool(part).Active, 0);
        await Eventually.BeAsync(() => backend.Open, 0);
        Circuit(part).Failures.ShouldBe(0);
    }

    async Task<HttpResponseMessage> GetAsync(PartConfig part)
    {
        await _gateway.RegisterAsync(part);
        return await _gateway.Traffic.GetAsync($"/parts/{part.PartId}");
    }

    PartCircuit Circuit(PartConfig part) => _gateway.Get<ResilienceStates>().CircuitOf(Some.Model(part));

    PartPool Pool(PartConfig part) => _gateway.Get<ResilienceStates>().PoolOf(Some.Pool(part.Pool, size: 1));

    /// <summary>A place in a pool that a test takes for itself.</summary>
    sealed class Place : IDisposable
    {
        readonly PartPool _pool;

        public Place(PartPool pool)
        {
            pool.Resize(1, 0);
            pool.TryEnter().ShouldBeTrue();
            _pool = pool;
        }

        public void Dispose() => _pool.Leave();
    }
}
