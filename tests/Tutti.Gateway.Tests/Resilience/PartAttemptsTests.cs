using Microsoft.Extensions.Time.Testing;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;

namespace Tutti.Gateway.Tests.Resilience;

public sealed class PartAttemptsTests : IDisposable
{
    readonly FakeTimeProvider _clock = new();
    readonly CancellationTokenSource _over = new();
    readonly PartAttempts _attempts;
    int _calls;

    public PartAttemptsTests() => _attempts = new PartAttempts(_clock);

    public void Dispose() => _over.Dispose();

    [Theory]
    [InlineData("get", 1, null, true)]
    [InlineData("put", 1, null, true)]
    [InlineData("delete", 0, 10, true)]
    [InlineData("get", 0, null, false)]
    [InlineData("post", 5, 10, false)]
    [InlineData("patch", 5, 10, false)]
    public void Only_parts_that_may_repeat_and_ask_for_it_get_several(string method, int retries, int? hedgeAfter, bool wants) =>
        Part(retries, hedgeAfter, method).WantsAttempts.ShouldBe(wants);

    [Theory]
    [InlineData(nameof(PartFailure.Unreachable), 3)]
    [InlineData(nameof(PartFailure.BrokenAnswer), 3)]
    [InlineData(nameof(PartFailure.Silent), 3)]
    [InlineData(nameof(PartFailure.TimedOut), 1)]
    [InlineData(nameof(PartFailure.OutOfTime), 1)]
    [InlineData(nameof(PartFailure.CircuitOpen), 1)]
    [InlineData(nameof(PartFailure.PoolFull), 1)]
    [InlineData(nameof(PartFailure.TooLarge), 1)]
    [InlineData(nameof(PartFailure.Undecodable), 1)]
    [InlineData(nameof(PartFailure.CallerLeft), 1)]
    public async Task Only_trouble_that_may_pass_is_tried_again(string failure, int calls)
    {
        var end = await RunAsync(Part(retries: 2), (_, _) => new(Failed(Enum.Parse<PartFailure>(failure))));

        (_calls, end.Failure).ShouldBe((calls, Enum.Parse<PartFailure>(failure)));
    }

    [Theory]
    [InlineData(502, 3)]
    [InlineData(503, 3)]
    [InlineData(504, 3)]
    [InlineData(200, 1)]
    [InlineData(404, 1)]
    [InlineData(500, 1)]
    public async Task Only_answers_that_ask_for_it_are_tried_again(int status, int calls)
    {
        (await RunAsync(Part(retries: 2), (_, _) => new(Answer(status)))).Status.ShouldBe(status);

        _calls.ShouldBe(calls);
    }

    [Fact]
    public async Task What_is_not_taken_is_let_go()
    {
        var first = TextBody.Of("first");

        var end = await RunAsync(Part(retries: 1), (_, _) => new(_calls == 1 ? new PartOutcome { Status = 503, Body = first } : Answer(200)));

        end.Status.ShouldBe(200);
        Should.Throw<ObjectDisposedException>(() => first.Utf8.Length);
    }

    [Fact]
    public async Task The_wait_between_two_attempts_ends_with_the_call()
    {
        var asked = _attempts.RunAsync(Some.Call(Part(retries: 1, delay: 60_000)), Budget(), (_, _) => new(Failed(PartFailure.Silent)));

        await _over.CancelAsync();

        (await asked).Failure.ShouldBe(PartFailure.TimedOut);
    }

    [Fact]
    public async Task The_second_call_starts_when_the_first_is_late_and_the_loser_learns_that_it_lost()
    {
        var loser = new TaskCompletionSource<PartOutcome>();
        var asked = RunAsync(Part(hedgeAfter: 100), async (_, budget) =>
        {
            if (_calls > 1)
            {
                return Answer(200);
            }

            await Task.Delay(Timeout.Infinite, budget.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            loser.SetResult(budget.Spent());
            return budget.Spent();
        });
        _clock.Advance(TimeSpan.FromMilliseconds(99));
        _calls.ShouldBe(1);

        _clock.Advance(TimeSpan.FromMilliseconds(1));

        (await asked).Status.ShouldBe(200);
        _calls.ShouldBe(2);
        (await loser.Task).Failure.ShouldBe(PartFailure.CallerLeft);
    }

    [Theory]
    [InlineData(nameof(PartFailure.PoolFull))]
    [InlineData(nameof(PartFailure.CircuitOpen))]
    public async Task A_second_call_that_is_refused_leaves_the_first_alone(string failure)
    {
        var first = new TaskCompletionSource<PartOutcome>();
        var asked = RunAsync(Part(hedgeAfter: 100), (_, _) => _calls == 1 ? new(first.Task) : new(Failed(Enum.Parse<PartFailure>(failure))));
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        asked.IsCompleted.ShouldBeFalse();

        first.SetResult(Answer(200));

        (await asked).Status.ShouldBe(200);
        _calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_first_call_that_is_refused_is_not_tried_again()
    {
        (await RunAsync(Part(hedgeAfter: 100), (_, _) => new(Failed(PartFailure.PoolFull)))).Failure.ShouldBe(PartFailure.PoolFull);

        _calls.ShouldBe(1);
    }

    [Fact]
    public async Task Changed_settings_hold_for_the_next_call()
    {
        var part = Part(retries: 1);
        await RunAsync(part, (_, _) => new(Failed(PartFailure.Silent)));
        _calls = 0;

        await RunAsync(Some.Model(part.Config with { Retries = new RetryConfig { Attempts = 3, Delay = 0 } }), (_, _) => new(Failed(PartFailure.Silent)));

        _calls.ShouldBe(4);
    }

    Task<PartOutcome> RunAsync(PartModel part, Func<PartCall, CallBudget, ValueTask<PartOutcome>> attempt) => _attempts.RunAsync(
        Some.Call(part),
        Budget(),
        (call, budget) =>
        {
            _calls++;
            return attempt(call, budget);
        }).AsTask();

    CallBudget Budget() => new(TimeSpan.FromSeconds(5), 5_000, IsPartsOwn: true, _over.Token, CancellationToken.None);

    static PartModel Part(int retries = 0, int? hedgeAfter = null, string method = "get", int delay = 0) => Some.Model(Some.Part() with
    {
        Method = method,
        HedgeAfter = hedgeAfter,
        Retries = new RetryConfig { Attempts = retries, Delay = delay },
    });

    static PartOutcome Failed(PartFailure failure) => PartOutcome.Failed(failure, "so");

    static PartOutcome Answer(int status) => new() { Status = status };
}
