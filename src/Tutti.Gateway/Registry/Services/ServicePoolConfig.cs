namespace Tutti.Gateway.Registry.Services;

/// <summary>The bulkhead of a service.</summary>
internal sealed record ServicePoolConfig
{
    /// <summary>How many requests run at once.</summary>
    public int Size { get; set; } = 1_000;

    /// <summary>How many wait beyond those.</summary>
    public int Queue { get; set; } = 100;
}
