namespace Tutti.Bench.Limit;

/// <summary>One aggregate as it was asked for.</summary>
sealed record Aggregate(string Id, List<PartCall> Calls);
