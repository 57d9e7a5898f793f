namespace Tutti.Gateway.Registry;

/// <summary>What of a part is stored beyond the rule, which is answers to safe methods with a status that allows it.</summary>
internal sealed record CacheConfig
{
    /// <summary>Also answers of 400 to 499 whose status says nothing of caching. Those of 500 and above never are.</summary>
    public bool StoreErrors { get; init; }

    /// <summary>Also answers to methods that change something.</summary>
    public bool StoreUnsafe { get; init; }
}
