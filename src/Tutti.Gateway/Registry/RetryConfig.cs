namespace Tutti.Gateway.Registry;

/// <summary>How a failed call of an idempotent method is tried again.</summary>
internal sealed record RetryConfig
{
    /// <summary>How often, 0 to 5.</summary>
    public int Attempts { get; init; }

    /// <summary>The wait before the first retry in milliseconds; doubled each time.</summary>
    public int Delay { get; set; } = 50;
}
