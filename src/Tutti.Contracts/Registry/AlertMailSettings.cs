namespace Tutti.Contracts.Registry;

/// <summary>Settings of Octoparts' alert mailer, which was never published: stored and listed, without effect.</summary>
public sealed record AlertMailSettings
{
    /// <summary>Whether mails are wanted.</summary>
    public required bool AlertMailsEnabled { get; init; }

    /// <summary>The number of errors that is too many.</summary>
    public int? AlertAbsoluteThreshold { get; init; }

    /// <summary>The share of errors that is too much, 0 to 100 %.</summary>
    public decimal? AlertPercentThreshold { get; init; }

    /// <summary>The time over which errors are counted, in milliseconds.</summary>
    public required long AlertInterval { get; init; }

    /// <summary>To whom.</summary>
    public string? AlertMailRecipients { get; init; }
}
