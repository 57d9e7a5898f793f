using System.ComponentModel.DataAnnotations;

namespace Tutti.Gateway.Aggregation;

/// <summary>The limits of one aggregate request: section <c>Tutti:Aggregates</c>.</summary>
internal sealed class AggregationOptions
{
    /// <summary>The most parts in one request.</summary>
    [Range(1, 10_000)]
    public int MaxParts { get; set; } = 1_000;

    /// <summary>The largest request body, in bytes.</summary>
    [Range(1_024, 100 * 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>The deepest nesting of the request's JSON.</summary>
    [Range(4, 256)]
    public int MaxJsonDepth { get; set; } = 32;

    /// <summary>The longest that a request waits for its parts, and the deadline of those that name none, in milliseconds.</summary>
    [Range(1, 600_000)]
    public int MaxTimeoutMs { get; set; } = 5_000;

    /// <summary>What is kept back of the deadline for writing the answer, in milliseconds; never more than a tenth of the deadline.</summary>
    [Range(0, 1_000)]
    public int WriteReserveMs { get; set; } = 10;

    /// <summary>
    /// How many cacheable calls may run on after their request was answered; beyond that they end with the request.
    /// </summary>
    [Range(0, 100_000)]
    public int MaxLateCalls { get; set; } = 256;

    /// <summary>How many requests run at once, aggregates and single parts together; more are answered 503 with <c>Retry-After</c>.</summary>
    [Range(1, 1_000_000)]
    public int MaxConcurrent { get; set; } = 1_024;
}
