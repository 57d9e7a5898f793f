namespace Tutti.Gateway.Resilience;

/// <summary>What circuits tell the log.</summary>
internal static partial class ResilienceLog
{
    [LoggerMessage(3001, LogLevel.Warning, "Circuit {Circuit} opens: {Failures} of {Calls} calls failed; one trial in {BreakSeconds} s")]
    public static partial void CircuitOpens(this ILogger log, string circuit, int failures, int calls, double breakSeconds);

    [LoggerMessage(3002, LogLevel.Information, "Circuit {Circuit} lets one trial through")]
    public static partial void CircuitTries(this ILogger log, string circuit);

    [LoggerMessage(3003, LogLevel.Information, "Circuit {Circuit} closes: the trial went well")]
    public static partial void CircuitCloses(this ILogger log, string circuit);

    [LoggerMessage(3004, LogLevel.Warning, "Circuit {Circuit} is forced {State} for {Seconds} s")]
    public static partial void CircuitForced(this ILogger log, string circuit, string state, double seconds);
}
