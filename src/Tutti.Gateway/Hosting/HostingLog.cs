namespace Tutti.Gateway.Hosting;

/// <summary>What the host tells the log.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(9001, LogLevel.Information, "Traffic on {Traffic}, management on {Management}")]
    public static partial void Listening(this ILogger log, string traffic, string management);

    [LoggerMessage(9002, LogLevel.Warning, "Unknown configuration key {Key}: nothing reads it")]
    public static partial void UnknownKey(this ILogger log, string key);

    [LoggerMessage(9003, LogLevel.Information, "Stopping: not ready from now on, accepting for {ReadinessDelayMs} ms more, then up to {DrainMs} ms for what runs")]
    public static partial void Stopping(this ILogger log, int readinessDelayMs, int drainMs);

    [LoggerMessage(9004, LogLevel.Information, "Ready: registry version {Version} with {Parts} parts")]
    public static partial void Ready(this ILogger log, long version, int parts);

    [LoggerMessage(9005, LogLevel.Warning, "Part {Part} does not check its backend's certificate (verifyTls is off)")]
    public static partial void UnverifiedTls(this ILogger log, string part);

    [LoggerMessage(9007, LogLevel.Warning, "Warming up failed; the first requests will be slower")]
    public static partial void WarmUpFailed(this ILogger log, Exception error);
}
