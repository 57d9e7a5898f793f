namespace Tutti.Gateway.Resilience;

/// <summary>A state that an operator ordered for a circuit.</summary>
/// <param name="Since">A timestamp of the monotonic clock.</param>
/// <param name="For">How long it lasts.</param>
internal sealed record ForcedState(CircuitState State, long Since, TimeSpan For);
