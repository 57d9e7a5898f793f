using System.Text.Json;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Hosting.Hystrix;

/// <summary>A part as the <c>HystrixCommand</c> record of Hystrix 1.4. What has no counterpart here is 0.</summary>
internal static class HystrixCommand
{
    static readonly string[] Percentiles = ["0", "25", "50", "75", "90", "95", "99", "99.5", "100"];
    static readonly double[] Shares = [0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 1];

    public static void Write(Utf8JsonWriter json, PartModel part, PartStats stats, PartCircuit circuit, long now)
    {
        var errors = stats.Rolling(PartEvent.Failure) + stats.Rolling(PartEvent.Timeout)
            + stats.Rolling(PartEvent.ShortCircuited) + stats.Rolling(PartEvent.Rejected);
        var requests = errors + stats.Rolling(PartEvent.Success);
        json.WriteStartObject();
        json.WriteString("type", "HystrixCommand");
        json.WriteString("name", part.CircuitKey);
        json.WriteString("group", part.Config.Circuit.Group);
        json.WriteNumber("currentTime", now);
        json.WriteBoolean("isCircuitBreakerOpen", circuit.State != CircuitState.Closed);
        json.WriteNumber("errorPercentage", requests == 0 ? 0 : errors * 100 / requests);
        json.WriteNumber("errorCount", errors);
        json.WriteNumber("requestCount", requests);
        WriteCounts(json, stats);
        json.WriteNumber("currentConcurrentExecutionCount", stats.Active);
        json.WriteNumber("rollingMaxConcurrentExecutionCount", stats.Active);
        WriteLatency(json, "latencyExecute", stats);
        WriteLatency(json, "latencyTotal", stats);
        WriteSettings(json, part, circuit);
        json.WriteNumber("reportingHosts", 1);
        json.WriteString("threadPool", part.Config.Pool);
        json.WriteEndObject();
    }

    static void WriteCounts(Utf8JsonWriter json, PartStats stats)
    {
        json.WriteNumber("rollingCountBadRequests", stats.Rolling(PartEvent.BadRequest));
        json.WriteNumber("rollingCountCollapsedRequests", 0);
        json.WriteNumber("rollingCountEmit", 0);
        json.WriteNumber("rollingCountExceptionsThrown", 0);
        json.WriteNumber("rollingCountFailure", stats.Rolling(PartEvent.Failure));
        json.WriteNumber("rollingCountFallbackEmit", 0);
        json.WriteNumber("rollingCountFallbackFailure", 0);
        json.WriteNumber("rollingCountFallbackMissing", 0);
        json.WriteNumber("rollingCountFallbackRejection", 0);
        json.WriteNumber("rollingCountFallbackSuccess", stats.Rolling(PartEvent.Local));
        json.WriteNumber("rollingCountResponsesFromCache", stats.Rolling(PartEvent.Cached));
        json.WriteNumber("rollingCountSemaphoreRejected", 0);
        json.WriteNumber("rollingCountShortCircuited", stats.Rolling(PartEvent.ShortCircuited));
        json.WriteNumber("rollingCountSuccess", stats.Rolling(PartEvent.Success));
        json.WriteNumber("rollingCountThreadPoolRejected", stats.Rolling(PartEvent.Rejected));
        json.WriteNumber("rollingCountTimeout", stats.Rolling(PartEvent.Timeout));
    }

    static void WriteLatency(Utf8JsonWriter json, string name, PartStats stats)
    {
        json.WriteNumber($"{name}_mean", (int)stats.RecentMean().TotalMilliseconds);
        json.WriteStartObject(name);
        for (var i = 0; i < Shares.Length; i++)
        {
            json.WriteNumber(Percentiles[i], (int)stats.RecentPercentile(Shares[i]).TotalMilliseconds);
        }

        json.WriteEndObject();
    }

    static void WriteSettings(Utf8JsonWriter json, PartModel part, PartCircuit circuit)
    {
        var rules = circuit.Rules;
        json.WriteNumber("propertyValue_circuitBreakerRequestVolumeThreshold", rules.MinimumCalls);
        json.WriteNumber("propertyValue_circuitBreakerSleepWindowInMilliseconds", (long)rules.Break.TotalMilliseconds);
        json.WriteNumber("propertyValue_circuitBreakerErrorThresholdPercentage", (int)Math.Round(rules.FailureRatio * 100));
        json.WriteBoolean("propertyValue_circuitBreakerForceOpen", circuit.Forced?.State == CircuitState.Open);
        json.WriteBoolean("propertyValue_circuitBreakerForceClosed", circuit.Forced?.State == CircuitState.Closed);
        json.WriteBoolean("propertyValue_circuitBreakerEnabled", true);
        json.WriteString("propertyValue_executionIsolationStrategy", "THREAD");
        json.WriteNumber("propertyValue_executionIsolationThreadTimeoutInMilliseconds", part.Config.Timeout);
        json.WriteNumber("propertyValue_executionTimeoutInMilliseconds", part.Config.Timeout);
        json.WriteBoolean("propertyValue_executionIsolationThreadInterruptOnTimeout", true);
        json.WriteNull("propertyValue_executionIsolationThreadPoolKeyOverride");
        json.WriteNumber("propertyValue_executionIsolationSemaphoreMaxConcurrentRequests", 0);
        json.WriteNumber("propertyValue_fallbackIsolationSemaphoreMaxConcurrentRequests", 0);
        json.WriteNumber("propertyValue_metricsRollingStatisticalWindowInMilliseconds", 10_000);
        json.WriteBoolean("propertyValue_requestCacheEnabled", part.IsCacheable);
        json.WriteBoolean("propertyValue_requestLogEnabled", false);
    }
}
