using Tutti.Bench.Load.Processes;

namespace Tutti.Bench.Load.Services;

/// <summary>One gateway, asked for one kind of work.</summary>
/// <param name="Paths">The paths that are asked in turn.</param>
sealed record ServiceSide(string Name, Work Work, ChildProcess Process, Uri Url, IReadOnlyList<string> Paths)
{
    public const string Nginx = "nginx";
    public const string HaProxy = "HAProxy";
    public const string Yarp = "YARP's forwarder";
    public const string Tutti = "tutti";
    public const string TuttiCrowded = "tutti, crowded";
    public const string TuttiScattered = "tutti, crowded and all in use";

    /// <summary>What is done before each run, and not measured.</summary>
    public Func<CancellationToken, Task> Prepare { get; init; } = _ => Task.CompletedTask;
}
