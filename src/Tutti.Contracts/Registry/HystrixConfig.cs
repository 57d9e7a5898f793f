namespace Tutti.Contracts.Registry;

/// <summary>The guard of a part in Octoparts' words.</summary>
public sealed record HystrixConfig
{
    /// <summary>The longest that a call takes, waiting for its pool included, in milliseconds.</summary>
    public required int Timeout { get; init; }

    /// <summary>The pool that the part shares with others of the same key.</summary>
    public required ThreadPoolConfig ThreadPoolConfig { get; init; }

    /// <summary>The unique name of the part's circuit.</summary>
    public required string CommandKey { get; init; }

    /// <summary>The group under which dashboards show the circuit.</summary>
    public required string CommandGroupKey { get; init; }

    /// <summary>Answer with the local contents when a call fails or the backend says 503.</summary>
    public required bool LocalContentsAsFallback { get; init; }
}
