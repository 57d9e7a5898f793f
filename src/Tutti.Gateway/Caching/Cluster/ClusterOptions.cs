using System.ComponentModel.DataAnnotations;
using StackExchange.Redis;

namespace Tutti.Gateway.Caching.Cluster;

/// <summary>What nodes share through Redis: section <c>Tutti:Redis</c>.</summary>
internal sealed class ClusterOptions : IValidatableObject
{
    /// <summary>Where Redis is, as StackExchange.Redis writes it: <c>host:port,password=…</c>. A node without one is alone.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>What all keys and channels begin with; nodes with the same prefix are one cluster.</summary>
    [Required]
    public string Prefix { get; set; } = "tutti";

    /// <summary>The longest that reading an entry, or telling what a backend made invalid, may delay a call, in milliseconds.</summary>
    [Range(5, 5_000)]
    public int OperationTimeoutMs { get; set; } = 100;

    /// <summary>How long an invalidation waits for Redis and for the other nodes to confirm it, in milliseconds.</summary>
    [Range(0, 60_000)]
    public int InvalidationWaitMs { get; set; } = 1_000;

    /// <summary>How long one node may keep the others from fetching the same answer, in milliseconds.</summary>
    [Range(50, 60_000)]
    public int LockMs { get; set; } = 2_000;

    /// <summary>How often a lost connection is tried again, in milliseconds.</summary>
    [Range(100, 5_000)]
    public int RetryMs { get; set; } = 1_000;

    /// <summary>How often a node compares itself with the log of invalidations, in milliseconds, in case a message was lost.</summary>
    [Range(100, 10_000)]
    public int PollMs { get; set; } = 1_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!CanRead(ConnectionString))
        {
            yield return new ValidationResult("Redis is written like cache1:6379,password=secret,ssl=true", [nameof(ConnectionString)]);
        }
    }

    static bool CanRead(string text)
    {
        try
        {
            return text.Length == 0 || ConfigurationOptions.Parse(text).EndPoints.Count > 0;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }
}
