using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Resilience;

/// <summary>The right to send one call, or the refusal.</summary>
internal readonly struct PartPermit
{
    readonly PartCircuit? _circuit;
    readonly PartPool? _pool;
    readonly PartPool? _connections;
    readonly bool _isTrial;

    /// <param name="connections">The part's own bound, where its pool is wider.</param>
    public PartPermit(PartCircuit circuit, PartPool? pool, PartPool? connections, bool isTrial)
    {
        _circuit = circuit;
        _pool = pool;
        _connections = connections;
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
        _connections?.Leave();
        _pool?.Leave();
        if (isGood is { } good)
        {
            _circuit?.Report(good, _isTrial, now);
        }
        else if (_isTrial)
        {
            _circuit!.GiveTrialBack();
        }
    }
}
