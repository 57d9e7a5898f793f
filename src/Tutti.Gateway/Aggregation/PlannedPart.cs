using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Aggregation;

/// <summary>One requested part: the call that fetches it, or what is known without one.</summary>
/// <param name="Part">Null for an unknown part.</param>
/// <param name="Call">The index of its call in the plan; equal calls of safe methods are made once.</param>
/// <param name="Known">The outcome, where no call is needed or none can be made.</param>
internal readonly record struct PlannedPart(PartRequest Request, PartModel? Part, int Call, PartOutcome? Known)
{
    /// <summary>The answer from memory.</summary>
    public CacheEntry? Hit { get; init; }
}
