using System.ComponentModel.DataAnnotations;

namespace Tutti.Gateway.Batch;

/// <summary>The limits of one batch: section <c>Tutti:Batch</c>.</summary>
internal sealed class BatchOptions
{
    /// <summary>The most requests in one batch.</summary>
    [Range(1, 10_000)]
    public int MaxRequests { get; set; } = 100;

    /// <summary>How many requests of one batch run at once.</summary>
    [Range(1, 1_000)]
    public int MaxConcurrentRequests { get; set; } = 16;

    /// <summary>The largest body of a batch, in bytes.</summary>
    [Range(1_024, 100 * 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>The largest answer of one request, in bytes.</summary>
    [Range(1_024, 1024 * 1024 * 1024)]
    public int MaxResponseBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>The most bytes of all answers of one batch together.</summary>
    [Range(1_024, 1024 * 1024 * 1024)]
    public int MaxTotalResponseBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The longest url of a request, in characters.</summary>
    [Range(16, 65_536)]
    public int MaxUrlLength { get; set; } = 4_096;

    /// <summary>The deepest nesting of JSON, in a batch and in what its requests answer; deeper answers become strings.</summary>
    [Range(8, 1_000)]
    public int MaxJsonDepth { get; set; } = 64;

    /// <summary>How long a batch may take, in milliseconds; what has not ended by then answers 504 in its place.</summary>
    [Range(1, 600_000)]
    public int TimeoutMs { get; set; } = 30_000;
}
