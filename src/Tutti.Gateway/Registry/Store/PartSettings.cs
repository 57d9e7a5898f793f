namespace Tutti.Gateway.Registry.Store;

/// <summary>The settings of a part that have no column of their own. A group that is absent has all its defaults.</summary>
internal sealed record PartSettings
{
    public CircuitConfig? Circuit { get; init; }

    public BackendConfig? Backend { get; init; }

    public RetryConfig? Retries { get; init; }

    public int? HedgeAfter { get; init; }

    public IReadOnlyList<int>? AdditionalValidStatuses { get; init; }

    public CacheConfig? Cache { get; init; }

    public LocalContentsConfig? LocalContents { get; init; }

    public AlertConfig? Alerts { get; init; }
}
