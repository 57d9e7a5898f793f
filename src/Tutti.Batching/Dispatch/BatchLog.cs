namespace Tutti.Batching.Dispatch;

/// <summary>The messages of batching.</summary>
internal static partial class BatchLog
{
    [LoggerMessage(1, LogLevel.Error, "An unhandled exception was thrown by the app for {Method} {Path}, request {Id} of a batch")]
    public static partial void CallFailed(this ILogger log, Exception exception, string method, string path, string id);

    [LoggerMessage(2, LogLevel.Error, "What was to run after the response of {Path} threw")]
    public static partial void CompletionFailed(this ILogger log, Exception exception, string path);

    [LoggerMessage(3, LogLevel.Error, "Request {Id} of a batch could not be run")]
    public static partial void CallLost(this ILogger log, Exception exception, string id);
}
