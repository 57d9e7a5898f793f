using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Aggregation;

/// <summary>What an aggregate request comes to: its parts in order, and the calls that they need.</summary>
internal sealed record AggregatePlan(PlannedPart[] Parts, List<PartCall> Calls);
