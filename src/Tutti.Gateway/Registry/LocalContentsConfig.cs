namespace Tutti.Gateway.Registry;

/// <summary>Contents that stand in for the backend.</summary>
internal sealed record LocalContentsConfig
{
    /// <summary>Always answer with them and never call the backend.</summary>
    public bool Enabled { get; init; }

    /// <summary>Answer with them when a call fails or the backend says 503.</summary>
    public bool AsFallback { get; init; }

    public string? Contents { get; init; }
}
