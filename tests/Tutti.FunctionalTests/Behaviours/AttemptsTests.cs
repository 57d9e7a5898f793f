using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Samples.Storefront.Raw;

namespace Tutti.FunctionalTests.Behaviours;

/// <summary>Retries and hedging over real sockets, through the door of aggregates and that of one part.</summary>
public sealed class AttemptsTests(SharedGateway shared)
{
    const string Aggregate = "aggregate";
    const string OnePart = "one part";

    readonly TestGateway _gateway = shared.Gateway;

    public static TheoryData<string> Doors => [Aggregate, OnePart];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_backend_that_breaks_off_twice_and_then_answers_is_good(string door)
    {
        await using var backend = BreakingOff(times: 2);
        var part = Retrying(backend.Url, 2);

        (await AskAsync(door, part)).ShouldBe((200, "hello"));

        backend.Requests.ShouldBe(3);
        (Circuit(part).Calls, Circuit(part).Failures).ShouldBe((3, 2));
        Pool(part).Active.ShouldBe(0);
    }

    [Theory]
    [InlineData(Aggregate, "get")]
    [InlineData(Aggregate, "delete")]
    [InlineData(OnePart, "get")]
    public async Task Without_retries_a_backend_that_breaks_off_is_asked_once(string door, string method)
    {
        await using var backend = BreakingOff(times: 1);

        (await AskAsync(door, Retrying(backend.Url, 0) with { Method = method })).Text.ShouldBe("The backend closed the connection before its answer was complete");

        backend.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_was_closed_while_idle_costs_no_answer()
    {
        await using var backend = RawBackend.Start(async (connection, ct) =>
        {
            await connection.ReadRequestAsync(ct);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", ct);
            await connection.ReadRequestAsync(ct);
        });
        var part = Retrying(backend.Url, 0);

        (await AskAsync(Aggregate, part)).ShouldBe((200, "hello"));
        (await AskRegisteredAsync(Aggregate, part)).ShouldBe((200, "hello"));
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task After_the_last_retry_the_failure_is_the_answer(string door)
    {
        await using var backend = BreakingOff(times: 9);

        (await AskAsync(door, Retrying(backend.Url, 2))).ShouldBe(
            (door == Aggregate ? 0 : 502, "The backend closed the connection before its answer was complete"));

        backend.Requests.ShouldBe(3);
    }

    [Theory]
    [InlineData(Aggregate, "post")]
    [InlineData(Aggregate, "patch")]
    [InlineData(OnePart, "post")]
    [InlineData(OnePart, "patch")]
    public async Task A_method_that_may_not_be_repeated_is_not(string door, string method)
    {
        await using var backend = BreakingOff(times: 1);
        var part = Retrying(backend.Url, 2) with { Method = method, HedgeAfter = 1 };

        (await AskAsync(door, part)).Status.ShouldNotBe(200);

        backend.Requests.ShouldBe(1);
    }

    [Theory]
    [InlineData(Aggregate, 503, 2)]
    [InlineData(Aggregate, 502, 2)]
    [InlineData(Aggregate, 504, 2)]
    [InlineData(Aggregate, 500, 1)]
    [InlineData(Aggregate, 404, 1)]
    [InlineData(OnePart, 503, 2)]
    [InlineData(OnePart, 500, 1)]
    public async Task Only_answers_that_ask_for_another_try_get_one(string door, int status, int calls)
    {
        var count = 0;
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref count) == 1 ? status : 200;
            return context.Response.WriteAsync(new string('x', 100_000));
        });

        (await AskAsync(door, Retrying(backend.Url, 1))).Status.ShouldBe(calls == 2 ? 200 : status);

        backend.Requests.Length.ShouldBe(calls);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Each_attempt_passes_the_circuit(string door)
    {
        await using var backend = BreakingOff(times: 9);
        var part = Retrying(backend.Url, 5) with { Circuit = new CircuitConfig { MinimumCalls = 3 } };

        (await AskAsync(door, part)).ShouldBe((door == Aggregate ? 0 : 503, $"Circuit of part {part.PartId} is open"));

        backend.Requests.ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task The_part_s_timeout_holds_for_all_attempts_together(string door)
    {
        await using var backend = BreakingOff(times: 9);
        var part = Retrying(backend.Url, 5) with { Timeout = 300, Retries = new RetryConfig { Attempts = 5, Delay = 60_000 } };

        (await AskAsync(door, part)).ShouldBe((door == Aggregate ? 0 : 504, "Timed out after 300 ms"));

        backend.Requests.ShouldBe(1);
        Pool(part).Active.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_second_call_beside_a_slow_one_wins_and_the_slow_one_is_cancelled_and_tells_nothing(string door)
    {
        var (count, cancelled) = (0, new TaskCompletionSource());
        await using var backend = await Backend.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref count) == 1)
            {
                await using var gone = context.RequestAborted.Register(cancelled.SetResult);
                await cancelled.Task;
            }

            await context.Response.WriteAsync("fast");
        });
        var part = Hedging(backend.Url);

        (await AskAsync(door, part)).ShouldBe((200, "fast"));

        await cancelled.Task.WaitAsync(Eventually.HangGuard);
        await Eventually.BeAsync(() => Pool(part).Active, 0);
        (Circuit(part).Calls, Circuit(part).Failures, backend.Requests.Length).ShouldBe((1, 0, 2));
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_second_call_that_finds_no_place_does_not_end_the_first(string door)
    {
        await using var backend = await Backend.StartAsync(async context =>
        {
            await Task.Delay(300, context.RequestAborted);
            await context.Response.WriteAsync("slow");
        });
        var part = Hedging(backend.Url);
        await _gateway.RegisterAsync([Some.Pool(part.Pool, size: 1, queue: 0)], part);

        (await AskRegisteredAsync(door, part)).ShouldBe((200, "slow"));

        backend.Requests.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_slow_body_is_passed_on_whole_after_the_second_call_won()
    {
        var (count, hanging) = (0, new TaskCompletionSource());
        await using var backend = await Backend.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref count) == 1)
            {
                await hanging.Task.WaitAsync(context.RequestAborted);
            }

            for (var i = 0; i < 5; i++)
            {
                await context.Response.WriteAsync($"{i}");
                await context.Response.Body.FlushAsync();
                await Task.Delay(50);
            }
        });

        (await AskAsync(OnePart, Hedging(backend.Url))).ShouldBe((200, "01234"));
    }

    async Task<(int Status, string Text)> AskAsync(string door, PartConfig part)
    {
        await _gateway.RegisterAsync(part);
        return await AskRegisteredAsync(door, part);
    }

    /// <summary>The status, 0 for a failure in an aggregate; the contents, or the failure in words.</summary>
    async Task<(int Status, string Text)> AskRegisteredAsync(string door, PartConfig part)
    {
        if (door == Aggregate)
        {
            var answer = (await _gateway.AskAsync(Some.Ask(part.PartId)))[0];
            return (answer.Status ?? 0, answer.Contents ?? answer.Errors.ShouldHaveSingleItem());
        }

        using var request = new HttpRequestMessage(new HttpMethod(part.Method.ToUpperInvariant()), $"/parts/{part.PartId}");
        using var passed = await _gateway.Traffic.SendAsync(request);
        return ((int)passed.StatusCode, await OnePartTests.TextAsync(passed));
    }

    static PartConfig Retrying(string url, int attempts) => Some.Part(url) with
    {
        Pool = Some.Name("pool"),
        Retries = new RetryConfig { Attempts = attempts, Delay = 1 },
    };

    static PartConfig Hedging(string url) => Some.Part(url) with { Pool = Some.Name("pool"), HedgeAfter = 50 };

    /// <summary>Closes each connection after its request so many times, then answers.</summary>
    static RawBackend BreakingOff(int times)
    {
        var count = 0;
        return RawBackend.Start(async (connection, ct) =>
        {
            await connection.ReadRequestAsync(ct);
            if (Interlocked.Increment(ref count) > times)
            {
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello", ct);
            }
        });
    }

    PartCircuit Circuit(PartConfig part) => _gateway.Get<ResilienceStates>().CircuitOf(Some.Model(part));

    PartPool Pool(PartConfig part) => _gateway.Get<ResilienceStates>().PoolOf(Some.Pool(part.Pool));
}
