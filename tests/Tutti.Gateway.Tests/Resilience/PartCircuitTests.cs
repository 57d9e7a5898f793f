using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tutti.Gateway.Resilience;

namespace Tutti.Gateway.Tests.Resilience;

public sealed class PartCircuitTests
{
    static readonly CircuitRules Rules = CircuitRules.Of(new(), new CircuitOptions());

    readonly FakeTimeProvider _clock = new();
    readonly PartCircuit _circuit;

    public PartCircuitTests() => _circuit = new PartCircuit("c", Rules, _clock, NullLogger.Instance);

    [Fact]
    public void It_opens_at_half_of_twenty_calls()
    {
        Report(good: 10, bad: 9);
        _circuit.State.ShouldBe(CircuitState.Closed);

        Report(bad: 1);

        _circuit.State.ShouldBe(CircuitState.Open);
        _circuit.TryEnter(out _).ShouldBeFalse();
    }

    [Fact]
    public void It_stays_closed_below_half()
    {
        Report(good: 11, bad: 10);

        _circuit.State.ShouldBe(CircuitState.Closed);
    }

    [Fact]
    public void It_stays_closed_below_the_minimum_of_calls_even_if_all_fail()
    {
        Report(bad: 19);

        _circuit.State.ShouldBe(CircuitState.Closed);
    }

    [Fact]
    public void Failures_older_than_the_window_do_not_count()
    {
        Report(bad: 19);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Report(bad: 1);

        _circuit.State.ShouldBe(CircuitState.Closed);
        _circuit.Failures.ShouldBe(1);
    }

    [Fact]
    public void After_the_break_exactly_one_trial_passes()
    {
        Open();
        _clock.Advance(TimeSpan.FromSeconds(4.999));
        _circuit.TryEnter(out _).ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(0.001));

        _circuit.TryEnter(out var isTrial).ShouldBeTrue();
        isTrial.ShouldBeTrue();
        _circuit.State.ShouldBe(CircuitState.HalfOpen);
        _circuit.TryEnter(out var isSecond).ShouldBeFalse();
        isSecond.ShouldBeFalse();
    }

    [Fact]
    public void Of_many_that_come_at_once_one_is_the_trial()
    {
        Open();
        _clock.Advance(TimeSpan.FromSeconds(5));
        var passed = 0;

        Parallel.For(0, 1_000, _ => Interlocked.Add(ref passed, _circuit.TryEnter(out var _) ? 1 : 0));

        passed.ShouldBe(1);
    }

    [Fact]
    public void A_good_trial_closes_it_and_what_was_counted_is_forgotten()
    {
        Open();
        BeginTrial();

        _circuit.Report(isGood: true, isTrial: true, _clock.GetTimestamp());

        _circuit.State.ShouldBe(CircuitState.Closed);
        _circuit.Failures.ShouldBe(0);
        Report(bad: 1);
        _circuit.State.ShouldBe(CircuitState.Closed);
    }

    [Fact]
    public void A_bad_trial_opens_it_for_another_break()
    {
        Open();
        BeginTrial();

        _circuit.Report(isGood: false, isTrial: true, _clock.GetTimestamp());

        _circuit.State.ShouldBe(CircuitState.Open);
        _clock.Advance(TimeSpan.FromSeconds(4));
        _circuit.TryEnter(out _).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _circuit.TryEnter(out _).ShouldBeTrue();
    }

    [Fact]
    public void A_trial_that_told_nothing_is_given_back_to_the_next_call()
    {
        Open();
        BeginTrial();

        _circuit.GiveTrialBack();

        _circuit.State.ShouldBe(CircuitState.Open);
        _circuit.TryEnter(out var isTrial).ShouldBeTrue();
        isTrial.ShouldBeTrue();
    }

    [Fact]
    public void Calls_that_began_before_it_opened_do_not_decide_the_trial()
    {
        Open();
        BeginTrial();

        Report(good: 1, bad: 1);

        _circuit.State.ShouldBe(CircuitState.HalfOpen);
    }

    [Fact]
    public void Forced_open_refuses_until_its_time_is_over()
    {
        _circuit.Force(CircuitState.Open, TimeSpan.FromMinutes(1));
        _circuit.State.ShouldBe(CircuitState.Open);
        _circuit.TryEnter(out _).ShouldBeFalse();

        _clock.Advance(TimeSpan.FromMinutes(1));

        _circuit.State.ShouldBe(CircuitState.Closed);
        _circuit.TryEnter(out _).ShouldBeTrue();
    }

    [Fact]
    public void Forced_closed_passes_whatever_was_counted()
    {
        Open();

        _circuit.Force(CircuitState.Closed, TimeSpan.FromMinutes(1));

        _circuit.State.ShouldBe(CircuitState.Closed);
        _circuit.TryEnter(out var isTrial).ShouldBeTrue();
        isTrial.ShouldBeFalse();
    }

    [Fact]
    public void Set_free_it_goes_its_own_way_again()
    {
        Open();
        _circuit.Force(CircuitState.Closed, TimeSpan.FromMinutes(1));

        _circuit.Force(null, TimeSpan.Zero);

        _circuit.Forced.ShouldBeNull();
        _circuit.State.ShouldBe(CircuitState.Open);
    }

    [Fact]
    public void Changed_settings_are_followed_and_an_open_circuit_stays_open()
    {
        Open();

        _circuit.Follow(Rules with { Break = TimeSpan.FromSeconds(60) });

        _circuit.State.ShouldBe(CircuitState.Open);
        _clock.Advance(TimeSpan.FromSeconds(59));
        _circuit.TryEnter(out _).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _circuit.TryEnter(out _).ShouldBeTrue();
    }

    [Fact]
    public void A_changed_ratio_keeps_what_was_counted_and_a_changed_window_does_not()
    {
        Report(bad: 19);

        _circuit.Follow(Rules with { FailureRatio = 0.9 });
        _circuit.Failures.ShouldBe(19);
        _circuit.Follow(Rules with { Window = TimeSpan.FromSeconds(20) });

        _circuit.Failures.ShouldBe(0);
    }

    void Open()
    {
        Report(bad: 20);
        _circuit.State.ShouldBe(CircuitState.Open);
    }

    void BeginTrial()
    {
        _clock.Advance(TimeSpan.FromSeconds(5));
        _circuit.TryEnter(out var isTrial).ShouldBeTrue();
        isTrial.ShouldBeTrue();
    }

    void Report(int good = 0, int bad = 0)
    {
        for (var i = 0; i < good + bad; i++)
        {
            _circuit.Report(i < good, isTrial: false, _clock.GetTimestamp());
        }
    }
}
