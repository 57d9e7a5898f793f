namespace Tutti.Contracts.Registry;

/// <summary>A pool in Octoparts' words: how many calls run at once, and how many wait.</summary>
public sealed record ThreadPoolConfig
{
    /// <summary>The pool's name; parts that name the same share it.</summary>
    public required string ThreadPoolKey { get; init; }

    /// <summary>How many calls run at once, 1 or more.</summary>
    public required int CoreSize { get; init; }

    /// <summary>How many calls wait beyond those; -1 and 0 mean that none does.</summary>
    public required int QueueSize { get; init; }
}
