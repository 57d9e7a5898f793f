using System.Text.Json;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Hosting.Hystrix;

/// <summary>A pool as the <c>HystrixThreadPool</c> record of Hystrix 1.4. Its places stand for threads.</summary>
internal static class HystrixThreadPool
{
    /// <param name="parts">The counters of the parts that share the pool.</param>
    public static void Write(Utf8JsonWriter json, PartPool pool, IReadOnlyCollection<PartStats> parts, long now)
    {
        var active = pool.Active;
        var entered = pool.Entered;
        json.WriteStartObject();
        json.WriteString("type", "HystrixThreadPool");
        json.WriteString("name", pool.Key);
        json.WriteNumber("currentTime", now);
        json.WriteNumber("currentActiveCount", active);
        json.WriteNumber("currentCompletedTaskCount", Math.Max(0, entered - active));
        json.WriteNumber("currentCorePoolSize", pool.Size);
        json.WriteNumber("currentLargestPoolSize", pool.MaxActive);
        json.WriteNumber("currentMaximumPoolSize", pool.Size);
        json.WriteNumber("currentPoolSize", pool.Size);
        json.WriteNumber("currentQueueSize", pool.Waiting);
        json.WriteNumber("currentTaskCount", entered);
        json.WriteNumber("rollingCountThreadsExecuted", parts.Sum(Executed));
        json.WriteNumber("rollingMaxActiveThreads", pool.MaxActive);
        json.WriteNumber("rollingCountCommandRejections", parts.Sum(part => part.Rolling(PartEvent.Rejected)));
        json.WriteNumber("propertyValue_queueSizeRejectionThreshold", pool.Queue);
        json.WriteNumber("propertyValue_metricsRollingStatisticalWindowInMilliseconds", 10_000);
        json.WriteNumber("reportingHosts", 1);
        json.WriteEndObject();
    }

    static int Executed(PartStats part) => part.Rolling(PartEvent.Success) + part.Rolling(PartEvent.Failure) + part.Rolling(PartEvent.Timeout);
}
