namespace Tutti.Gateway.Registry.Services;

/// <summary>When traffic itself takes an instance out. One that cannot be connected to leaves at once.</summary>
internal sealed record EvictionConfig
{
    /// <summary>How many answers must fail in a row: broken connections, silence, 502, 503 and 504.</summary>
    public int Failures { get; set; } = 3;

    /// <summary>How long it stays out, in milliseconds.</summary>
    public int For { get; set; } = 10_000;
}
