using System.Diagnostics;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Telemetry;

namespace Tutti.FunctionalTests.Hosting;

/// <summary>Whom a request comes from is only believed from proxies that the configuration names.</summary>
public sealed class Threat_68_ForwardedForTests
{
    [Theory]
    [InlineData(null, "203.0.113.9", "127.0.0.1")]
    [InlineData("192.0.2.0/24", "203.0.113.9", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.0/8", "10.0.0.1, 203.0.113.9", "203.0.113.9")]
    public async Task Threat_68_X_Forwarded_For_counts_from_trusted_proxies_alone(string? trusted, string header, string address)
    {
        var trace = ActivityTraceId.CreateRandom();
        string? seen = null;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TuttiTracing.Name,
            Sample = (ref options) => options.TraceId == trace ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace && activity.OperationName == "aggregate")
                {
                    seen = activity.GetTagItem("client.address") as string;
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var node = await Node.StartAsync(trusted is null ? [] : [$"--Tutti:Traffic:TrustedProxies:0={trusted}"]);
        await node.SeedAsync(("catalogue", "http://127.0.0.1:1/"));

        await node.AggregateAsync("catalogue", ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"), ("X-Forwarded-For", header));

        await Eventually.TrueAsync(() => seen is not null);
        seen.ShouldBe(address);
    }
}
