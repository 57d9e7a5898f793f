using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Tutti.FunctionalTests.Hosting;
using Tutti.FunctionalTests.Registry;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Edge;

/// <summary>What logs, traces and metrics keep of a request, and what they must not.</summary>
public sealed class Threat_60_QuerySecretTests
{
    const string Secret = "c2VjcmV0LW9mLWFuLW9sZC1icm93c2Vy";
    const string Old = "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)";

    static readonly string[] All =
    [
        "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace", "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Trace",
        "--Logging:LogLevel:Yarp=Trace", "--Logging:Console:LogLevel:Default=None", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
    ];

    [Theory]
    [InlineData("_X-API-Token={0}")]
    [InlineData("_api_authenticate={0}&_method=PUT")]
    [InlineData("%5FAPI%5FTOKEN={0}")]
    [InlineData("_api_token={0}&_method=NONSENSE")]
    [InlineData("_api_token={0}&_api_token=another")]
    public async Task Threat_60_a_secret_of_a_query_is_in_no_log_and_no_trace(string query)
    {
        await using var collector = await Peer.StartAsync();
        await using var backend = await Peer.StartAsync();
        var log = new ScopedLines();
        await using var node = await Node.StartAsync(log, [.. All, $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Url}", "--OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION=true"]);
        await Eventually.TrueAsync(() => node.Registry.IsLoaded);
        await node.SendAsync(HttpMethod.Put, "/admin/api/services/old", """{"name":"old"}""");
        await node.SendAsync(HttpMethod.Put, "/admin/api/instances/old-1", $$"""{"instanceId":"old-1","addresses":[{"service":"old","address":"{{backend.Url}}"}]}""");

        foreach (var path in new[] { "/old/seen-path", "/octoparts/2", "/nobody-has-this" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}?seen-query&{query.Replace("{0}", Secret, StringComparison.Ordinal)}");
            request.Headers.TryAddWithoutValidation("User-Agent", Old);
            using var answer = await node.Traffic.SendAsync(request, TestContext.Current.CancellationToken);
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain(Secret);
        }

        await Eventually.TrueAsync(() =>
        {
            node.App.Services.GetRequiredService<TracerProvider>().ForceFlush();
            return collector.Has("/v1/traces", "seen-path");
        });
        log.Lines.ShouldContain(line => line.Contains("seen-query", StringComparison.Ordinal));
        log.Lines.ShouldNotContain(line => line.Contains(Secret, StringComparison.Ordinal));
        collector.Received.ShouldAllBe(one => !collector.Has(one.Path, Secret));
    }

    [Fact]
    public async Task What_a_request_belongs_to_is_in_its_logs_its_traces_and_the_exemplars()
    {
        await using var collector = await Peer.StartAsync();
        await using var backend = await Peer.StartAsync();
        var log = new ScopedLines();
        await using var node = await Node.StartAsync(log, [.. All, $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Url}"]);
        await node.SeedAsync(("catalogue", $"{backend.Url}/"));

        // A request is measured just after it is answered, and a flush takes what is measured by then.
        await Eventually.TrueAsync(async () =>
        {
            await node.AggregateAsync("catalogue", ("X-Metadata", "cart-4711"));
            node.App.Services.GetRequiredService<MeterProvider>().ForceFlush();
            node.App.Services.GetRequiredService<TracerProvider>().ForceFlush();
            return collector.Has("/v1/traces", "cart-4711") && collector.Has("/v1/metrics", "cart-4711");
        });
        log.Lines.ShouldContain(line => line.Contains("<X-Metadata: cart-4711>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a\u001b[31m forged")]
    [InlineData("a\tb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    public async Task Threat_59_what_would_break_a_record_is_refused(string value)
    {
        var log = new ScopedLines();
        await using var node = await Node.StartAsync(log, All);

        var answer = await SendAsync(node, value);

        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("{\"_api_error\":[\"X-Metadata must not hold control characters\"]}");
        log.Lines.ShouldNotContain(line => line.Contains("forged", StringComparison.Ordinal));
    }

    static async Task<HttpResponseMessage> SendAsync(Node node, string metadata)
    {
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.UTF8 };
        using var client = new HttpClient(handler) { BaseAddress = node.Traffic.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/livez");
        request.Headers.TryAddWithoutValidation("X-Metadata", metadata);
        var answer = await client.SendAsync(request);
        await answer.Content.LoadIntoBufferAsync();
        return answer;
    }
}
