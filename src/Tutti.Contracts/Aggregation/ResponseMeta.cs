namespace Tutti.Contracts.Aggregation;

/// <summary>What an aggregate answer says about itself.</summary>
/// <param name="Id">The id of the request.</param>
/// <param name="ProcessTime">The time from reading the request to its slowest part's end, in whole milliseconds.</param>
public sealed record ResponseMeta(string Id, long ProcessTime);
