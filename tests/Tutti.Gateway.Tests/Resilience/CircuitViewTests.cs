using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Resilience.Admin;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Tests.Resilience;

/// <summary>Circuits as operators see them.</summary>
public sealed class CircuitViewTests
{
    readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_circuit_that_was_never_needed_is_shown_closed_and_not_made()
    {
        var states = new ResilienceStates(new CircuitOptions(), new PartStatsTable(_clock), _clock, NullLoggerFactory.Instance);

        CircuitView.Of(Some.Model(), states, _clock).State.ShouldBe(CircuitState.Closed);

        states.Circuits.ShouldBeEmpty();
    }

    [Fact]
    public void An_order_runs_out()
    {
        var states = new ResilienceStates(new CircuitOptions(), new PartStatsTable(_clock), _clock, NullLoggerFactory.Instance);
        var part = Some.Model();
        states.CircuitOf(part).Force(CircuitState.Open, TimeSpan.FromSeconds(60));
        _clock.Advance(TimeSpan.FromSeconds(59));

        CircuitView.Of(part, states, _clock).Forced.ShouldBe(new ForcedView(CircuitState.Open, 1_000));
        _clock.Advance(TimeSpan.FromSeconds(1));
        var after = CircuitView.Of(part, states, _clock);
        after.Forced.ShouldBeNull();
        after.State.ShouldBe(CircuitState.Closed);
    }
}
