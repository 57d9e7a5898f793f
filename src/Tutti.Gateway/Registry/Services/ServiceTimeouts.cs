namespace Tutti.Gateway.Registry.Services;

/// <summary>How long an instance may take, in milliseconds.</summary>
internal sealed record ServiceTimeouts
{
    /// <summary>The longest wait for a connection.</summary>
    public int Connect { get; set; } = 1_000;

    /// <summary>The longest wait for the head of an answer, once an instance was chosen.</summary>
    public int Answer { get; set; } = 30_000;

    /// <summary>The longest silence between two pieces of a body.</summary>
    public int Idle { get; set; } = 100_000;
}
