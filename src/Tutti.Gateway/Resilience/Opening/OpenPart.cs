using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Resilience.Opening;

/// <summary>A part whose answer has begun; its body is still to come. It must be ended exactly once.</summary>
/// <param name="Response">Null where <paramref name="Failure"/> stands in its stead.</param>
/// <param name="End">Gives the permit back and counts the call; null for a failure, which is counted already.</param>
internal sealed record OpenPart(HttpResponseMessage? Response, PartOutcome? Failure, Action<PartOutcome>? End);
