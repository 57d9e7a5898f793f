using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Tests.Telemetry;

/// <summary>Which trace a request's span belongs to.</summary>
public sealed class TracePropagatorTests
{
    const string W3C = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public void B3_in_one_header_is_the_parent() =>
        Extract(("b3", "463ac35c9f6413ad48485a3953bb6124-0020000000000001-1")).ShouldBe("00-463ac35c9f6413ad48485a3953bb6124-0020000000000001-01");

    [Fact]
    public void B3_in_several_headers_is_the_parent() =>
        Extract(("X-B3-TraceId", "48485a3953bb6124"), ("X-B3-SpanId", "0020000000000001"), ("X-B3-Sampled", "0"))
            .ShouldBe("00-000000000000000048485a3953bb6124-0020000000000001-00");

    [Fact]
    public void W3C_comes_first() => Extract(("traceparent", W3C), ("b3", "463ac35c9f6413ad48485a3953bb6124-0020000000000001-1")).ShouldBe(W3C);

    [Fact]
    public void Nothing_is_no_parent() => Extract().ShouldBeNull();

    static string? Extract(params (string Name, string Value)[] headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            dictionary[name] = value;
        }

        new TracePropagator(DistributedContextPropagator.CreateDefaultPropagator()).ExtractTraceIdAndState(
            dictionary,
            (object? carrier, string name, out string? value, out IEnumerable<string>? values) =>
            {
                value = ((IHeaderDictionary)carrier!)[name];
                values = null;
            },
            out var traceId,
            out _);
        return traceId;
    }
}
