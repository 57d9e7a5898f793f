namespace Tutti.Gateway.Resilience.Admin;

/// <summary>A state that an operator ordered, and how long it lasts yet.</summary>
internal sealed record ForcedView(CircuitState State, long RemainingMs)
{
    public static ForcedView? Of(ForcedState? forced, TimeProvider clock) => forced is null
        ? null
        : new(forced.State, Math.Max(0, (long)Math.Ceiling((forced.For - clock.GetElapsedTime(forced.Since)).TotalMilliseconds)));
}
