using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Proxy.Counting;

/// <summary>Counts the ends of proxied requests, and records them for OpenTelemetry while somebody listens.</summary>
internal sealed class ProxyCounter(TuttiMetrics metrics, TimeProvider clock)
{
    public long Now => clock.GetTimestamp();

    /// <param name="began">The timestamp of the request's head.</param>
    public void Ended(HttpContext context, ProxyState state, long began)
    {
        var how = ProxyEnds.Of(context);
        TimeSpan? elapsed = context.Response.StatusCode is StatusCodes.Status101SwitchingProtocols ? null : clock.GetElapsedTime(began);
        state.Stats.Ended(how, elapsed);
        if (elapsed is { } time)
        {
            metrics.ServiceEnded(state.Name, ProxyEnds.NameOf(how), time);
        }
    }
}
