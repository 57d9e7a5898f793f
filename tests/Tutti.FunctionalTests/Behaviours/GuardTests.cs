using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;

namespace Tutti.FunctionalTests.Behaviours;

/// <summary>Octoparts' behaviours 34 to 37, with what Tutti decided otherwise.</summary>
public sealed class GuardTests(SharedGateway shared)
{
    readonly TestGateway _gateway = shared.Gateway;

    // 34 and F.3
    [Fact]
    public async Task A_part_that_passes_its_own_timeout_says_so()
    {
        await using var hanging = await Hanging();

        (await _gateway.AskAsync(Some.Part(hanging.Url) with { Timeout = 250 })).ShouldFailWith("Timed out after 250 ms");
    }

    // 34 and F.3
    [Fact]
    public async Task A_full_pool_refuses_at_once_and_says_so()
    {
        var (inside, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var backend = await Backend.StartAsync(async context =>
        {
            inside.TrySetResult();
            await release.Task;
        });
        var part = Some.Part(backend.Url) with { Pool = Some.Name("pool"), Method = "post" };
        await _gateway.RegisterAsync([Some.Pool(part.Pool, size: 1, queue: 0)], part);
        var first = _gateway.AskAsync(Some.Ask(part.PartId));
        await inside.Task.WaitAsync(Eventually.HangGuard);

        (await _gateway.AskAsync(Some.Ask(part.PartId)))[0].ShouldFailWith($"Pool {part.Pool} is full");

        release.SetResult();
        (await first)[0].ShouldBeGood();
        (await _gateway.AskAsync(Some.Ask(part.PartId)))[0].ShouldBeGood();
    }

    [Fact]
    public async Task The_connections_of_a_part_are_bounded_within_its_pool()
    {
        var release = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(_ => release.Task);
        var part = Some.Part(backend.Url) with { Method = "post", Pool = Some.Name("pool"), Backend = new BackendConfig { MaxConnections = 1, ConnectTimeout = 100 } };
        await _gateway.RegisterAsync(part);
        var first = _gateway.AskAsync(Some.Ask(part.PartId));
        await Eventually.BeAsync(() => backend.Requests.Length, 1);

        (await _gateway.AskAsync(Some.Ask(part.PartId)))[0]
            .ShouldFailWith($"All 1 connections of part {part.PartId} are in use, and none came free in 100 ms");

        backend.Requests.Length.ShouldBe(1);
        release.SetResult();
        (await first)[0].ShouldBeGood();
        (await _gateway.AskAsync(Some.Ask(part.PartId)))[0].ShouldBeGood();
        _gateway.Get<ResilienceStates>().PoolOf(Some.Pool(part.Pool)).Active.ShouldBe(0);
    }

    // 35
    [Fact]
    public async Task Twenty_failures_open_the_circuit_and_one_trial_closes_it()
    {
        var isDown = true;
        await using var backend = await Backend.StartAsync(context =>
        {
            if (isDown)
            {
                context.Abort();
            }

            return Task.CompletedTask;
        });
        var part = Some.Part(backend.Url) with { Method = "post", Circuit = new CircuitConfig { Break = 300 } };
        await _gateway.RegisterAsync(part);
        for (var i = 0; i < 20; i++)
        {
            (await _gateway.AskAsync(Some.Ask(part.PartId)))[0].ShouldFailWith("The connection broke");
        }

        (await _gateway.AskAsync(Some.Ask(part.PartId)))[0].ShouldFailWith($"Circuit of part {part.PartId} is open");
        backend.Requests.Length.ShouldBe(20);
        isDown = false;
        await Eventually.TrueAsync(async () => (await _gateway.AskAsync(Some.Ask(part.PartId)))[0].Errors is []);
        backend.Requests.Length.ShouldBe(21);
        _gateway.Get<ResilienceStates>().CircuitOf(Some.Model(part)).State.ShouldBe(CircuitState.Closed);
    }

    // 36
    [Fact]
    public async Task Local_contents_answer_where_a_call_fails()
    {
        await using var hanging = await Hanging();
        var parts = new[]
        {
            WithFallback(hanging.Url) with { Timeout = 200 },
            WithFallback("http://no-such-host.invalid/"),
            WithFallback(hanging.Url) with { Circuit = new CircuitConfig { Key = Some.Name("circuit") } },
        };
        await _gateway.RegisterAsync(parts);
        _gateway.Get<ResilienceStates>().CircuitOf(Some.Model(parts[2])).Force(CircuitState.Open, TimeSpan.FromMinutes(10));

        foreach (var answer in await _gateway.AskAsync([.. parts.Select(part => Some.Ask(part.PartId))]))
        {
            ShouldBeLocal(answer, "instead");
        }
    }

    // 36
    [Fact]
    public async Task A_fallback_may_have_no_contents()
    {
        var part = Some.Part("http://no-such-host.invalid/") with { LocalContents = new LocalContentsConfig { AsFallback = true } };

        ShouldBeLocal(await _gateway.AskAsync(part), null);
    }

    // 37
    [Theory]
    [InlineData(503, true)]
    [InlineData(500, false)]
    [InlineData(502, false)]
    [InlineData(404, false)]
    public async Task Of_the_answers_of_a_backend_only_503_is_replaced(int status, bool replaced)
    {
        await using var backend = await Backend.StartAsync(status, "own");

        var answer = await _gateway.AskAsync(WithFallback(backend.Url));

        if (replaced)
        {
            ShouldBeLocal(answer, "instead");
        }
        else
        {
            (answer.Status, answer.Contents, answer.IsLocal).ShouldBe((status, "own", false));
        }
    }

    // 14 and 36: a request that cannot be made is no failure of the backend.
    [Fact]
    public async Task A_missing_param_is_not_replaced()
    {
        var part = WithFallback("http://no-such-host.invalid/") with { Params = [Some.Param(ParamKind.Query, "q", required: true)] };

        (await _gateway.AskAsync(part)).ShouldFailWith("The following parameters are missing: q");
    }

    static Task<Backend> Hanging() => Backend.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

    static PartConfig WithFallback(string url) => Some.Part(url) with { LocalContents = new LocalContentsConfig { AsFallback = true, Contents = "instead" } };

    static void ShouldBeLocal(PartAnswer answer, string? contents)
    {
        (answer.Status, answer.Contents, answer.IsLocal).ShouldBe((203, contents, true));
        answer.Errors.ShouldBeEmpty();
        answer.Fields.ShouldNotContain("mimeType");
        answer.Fields.ShouldNotContain("charset");
    }
}
