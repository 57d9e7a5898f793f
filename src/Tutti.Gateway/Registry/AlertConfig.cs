namespace Tutti.Gateway.Registry;

/// <summary>Settings of Octoparts' alert mailer: stored and listed so that nothing is lost, without effect.</summary>
internal sealed record AlertConfig
{
    public bool Enabled { get; init; }

    public int? AbsoluteThreshold { get; init; }

    public decimal? PercentThreshold { get; init; }

    /// <summary>In milliseconds.</summary>
    public long Interval { get; set; } = 60_000;

    public string? Recipients { get; init; }
}
