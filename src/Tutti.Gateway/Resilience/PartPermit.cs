using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Resilience;

/// <summary>The right to send one call, or the refusal.</summary>
internal readonly struct PartPermit
{
    readonly PartState? _state;
    readonly PartPlaces _places;
    readonly bool _isTrial;

    /// <param name="places">What the call holds; <see cref="End"/> gives it back.</param>
    public PartPermit(PartState state, PartPlaces places, bool isTrial)
    {
        _state = state;
        _places = places;
        _isTrial = isTrial;
    }

    PartPermit(PartOutcome refusal) => Refusal = refusal;

    /// <summary>Why the call may not be sent; null if it may, and then <see cref="End"/> must follow.</summary>
    public PartOutcome? Refusal { get; }

    public static PartPermit Refused(PartFailure failure, string message) => new(PartOutcome.Failed(failure, message));

    public static PartPermit Refused(PartOutcome refusal) => new(refusal);

    /// <summary>Gives the place in the pool back and tells the circuit; does nothing for a refusal.</summary>
    /// <param name="isGood">Null if the call told nothing of the backend: the circuit learns nothing, and a trial is given back.</param>
    /// <param name="now">The timestamp of the end.</param>
    public void End(bool? isGood, long now)
    {
        if (_state is not { } state)
        {
            return;
        }

        state.Leave(_places);
        if (isGood is { } good)
        {
            state.Circuit.Report(good, _isTrial, now);
        }
        else if (_isTrial)
        {
            state.Circuit.GiveTrialBack();
        }
    }
}
