using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Tests.Resilience;

public sealed class PartGuardTests : IDisposable
{
    readonly FakeTimeProvider _clock = new();
    readonly CancellationTokenSource _over = new();
    readonly ResilienceStates _states;
    readonly PartGuard _guard;

    public PartGuardTests()
    {
        _states = new ResilienceStates(new CircuitOptions(), new PartStatsTable(_clock), _clock, NullLoggerFactory.Instance);
        _guard = new PartGuard(_states, _clock);
    }

    public void Dispose() => _over.Dispose();

    [Fact]
    public async Task A_call_holds_its_place_until_it_ends()
    {
        var part = Part(size: 1);

        var permit = await EnterAsync(part);
        Pool(part).Active.ShouldBe(1);
        Refusal(await EnterAsync(part)).ShouldBe((PartFailure.PoolFull, $"Pool {part.Config.Pool} is full"));
        permit.End(isGood: true, _clock.GetTimestamp());

        Pool(part).Active.ShouldBe(0);
        (await EnterAsync(part)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task A_full_pool_counts_against_the_circuit_and_a_spent_wait_for_it_too()
    {
        var part = Part(size: 1, queue: 1);
        await EnterAsync(part);
        var waiting = EnterAsync(part).AsTask();

        await EnterAsync(part);
        await _over.CancelAsync();

        Refusal(await waiting).ShouldBe((PartFailure.TimedOut, "Timed out after 5000 ms"));
        (Circuit(part).Calls, Circuit(part).Failures).ShouldBe((2, 2));
        (Pool(part).Active, Pool(part).Waiting).ShouldBe((1, 0));
    }

    [Fact]
    public async Task An_open_circuit_refuses_without_touching_the_pool_and_learns_nothing_of_it()
    {
        var part = Part();
        Circuit(part).Force(CircuitState.Open, TimeSpan.FromMinutes(1));

        Refusal(await EnterAsync(part)).ShouldBe((PartFailure.CircuitOpen, $"Circuit of part {part.Id} is open"));

        (Pool(part).Entered, Circuit(part).Calls).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Of_a_half_open_circuit_one_call_is_let_through_and_one_that_tells_nothing_is_replaced()
    {
        var part = Part();
        for (var i = 0; i < 20; i++)
        {
            (await EnterAsync(part)).End(isGood: false, _clock.GetTimestamp());
        }

        _clock.Advance(TimeSpan.FromSeconds(5));
        var trial = await EnterAsync(part);
        trial.Refusal.ShouldBeNull();
        Refusal(await EnterAsync(part)).Failure.ShouldBe(PartFailure.CircuitOpen);
        trial.End(isGood: null, _clock.GetTimestamp());
        (await EnterAsync(part)).End(isGood: true, _clock.GetTimestamp());

        Circuit(part).State.ShouldBe(CircuitState.Closed);
    }

    [Fact]
    public async Task A_trial_that_is_refused_by_the_pool_does_not_stay_out()
    {
        var part = Part(size: 1);
        var other = PartModel.Compile(part.Config with { PartId = Some.Name() }, part.Pool, []);
        for (var i = 0; i < 20; i++)
        {
            (await EnterAsync(part)).End(isGood: false, _clock.GetTimestamp());
        }

        _clock.Advance(TimeSpan.FromSeconds(5));
        var held = await EnterAsync(other);
        Refusal(await EnterAsync(part)).Failure.ShouldBe(PartFailure.PoolFull);
        held.End(isGood: true, _clock.GetTimestamp());
        _clock.Advance(TimeSpan.FromSeconds(5));

        (await EnterAsync(part)).Refusal.ShouldBeNull();
    }

    [Theory]
    [InlineData(nameof(PartFailure.TimedOut), false)]
    [InlineData(nameof(PartFailure.Silent), false)]
    [InlineData(nameof(PartFailure.Unreachable), false)]
    [InlineData(nameof(PartFailure.BrokenAnswer), false)]
    [InlineData(nameof(PartFailure.PoolFull), false)]
    [InlineData(nameof(PartFailure.TooLarge), true)]
    [InlineData(nameof(PartFailure.Undecodable), true)]
    [InlineData(nameof(PartFailure.OutOfTime), null)]
    [InlineData(nameof(PartFailure.CallerLeft), null)]
    [InlineData(nameof(PartFailure.CircuitOpen), null)]
    [InlineData(nameof(PartFailure.MissingParams), null)]
    public void A_failure_is_judged_by_whose_fault_it_is(string failure, bool? isGood) =>
        PartGuard.Judge(PartOutcome.Failed(Enum.Parse<PartFailure>(failure), "so"), Part()).ShouldBe(isGood);

    [Theory]
    [InlineData(200, false, true)]
    [InlineData(404, true, true)]
    [InlineData(500, false, true)]
    [InlineData(500, true, false)]
    [InlineData(599, true, false)]
    public void An_answer_is_good_unless_the_part_counts_5xx(int status, bool countServerErrors, bool isGood)
    {
        var part = Some.Model(Some.Part() with { Circuit = new CircuitConfig { CountServerErrors = countServerErrors } });

        PartGuard.Judge(new PartOutcome { Status = status }, part).ShouldBe(isGood);
    }

    ValueTask<PartPermit> EnterAsync(PartModel part) =>
        _guard.EnterAsync(part, new CallBudget(TimeSpan.FromSeconds(5), 5_000, IsPartsOwn: true, _over.Token, CancellationToken.None));

    PartCircuit Circuit(PartModel part) => _states.CircuitOf(part);

    PartPool Pool(PartModel part) => _states.PoolOf(part.Pool!);

    static (PartFailure? Failure, string? Message) Refusal(PartPermit permit) => (permit.Refusal?.Failure, permit.Refusal?.Message);

    static PartModel Part(int size = 64, int queue = 0)
    {
        var part = Some.Part() with { Pool = Some.Name("pool") };
        return PartModel.Compile(part, Some.Pool(part.Pool, size, queue), []);
    }
}
