using Microsoft.AspNetCore.Http;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Tests.Telemetry;

/// <summary>Which trace a caller brought, in each of the spellings, and what backends are told of it.</summary>
public sealed class TraceHeadersTests
{
    const string Trace = "0af7651916cd43dd8448eb211c80319c";
    const string Span = "b7ad6b7169203331";

    [Theory]
    [InlineData($"00-{Trace}-{Span}-01", true)]
    [InlineData($"00-{Trace}-{Span}-00", false)]
    [InlineData($"01-{Trace}-{Span}-01", true)]
    [InlineData($"cc-{Trace}-{Span}-01-what-comes-later", true)]
    public void A_traceparent_is_read_also_of_a_later_version(string parent, bool sampled) => ShouldBe(Read(("traceparent", parent)), sampled);

    [Theory]
    [InlineData("garbage")]
    [InlineData($"00-{Trace}-{Span}-01-more")]
    [InlineData($"ff-{Trace}-{Span}-01")]
    [InlineData($"cc-{Trace}-{Span}-01.more")]
    [InlineData($"00-00000000000000000000000000000000-{Span}-01")]
    [InlineData($"00-{Trace}-0000000000000000-01")]
    public void A_traceparent_that_is_none_is_passed_over(string parent) => Read(("traceparent", parent)).ShouldBe(default);

    [Theory]
    [InlineData($"{Trace}-{Span}-1", true)]
    [InlineData($"{Trace}-{Span}-d", true)]
    [InlineData($"{Trace}-{Span}-0-05e3ac9a4f6e3b90", false)]
    [InlineData($"{Trace}-{Span}", null)]
    public void B3_in_one_header_is_read(string b3, bool? sampled) => ShouldBe(Read(("b3", b3)), sampled);

    [Theory]
    [InlineData("X-B3-Sampled", "1", true)]
    [InlineData("X-B3-Sampled", "true", true)]
    [InlineData("X-B3-Sampled", "0", false)]
    [InlineData("X-B3-Flags", "1", true)]
    [InlineData("X-B3-Other", "1", null)]
    public void B3_in_several_headers_leaves_open_what_nobody_decided(string name, string value, bool? sampled) =>
        ShouldBe(Read(("X-B3-TraceId", Trace), ("X-B3-SpanId", Span), (name, value)), sampled);

    [Theory]
    [InlineData("b3", "0", false)]
    [InlineData("b3", "d", true)]
    [InlineData("X-B3-Sampled", "0", false)]
    public void A_decision_may_come_without_ids(string name, string value, bool sampled) => Read((name, value)).ShouldBe(new CallerTrace(null, sampled));

    [Theory]
    [InlineData("00000000000000000000000000000000", Span)]
    [InlineData("0000000000000000", Span)]
    [InlineData(Trace, "0000000000000000")]
    [InlineData("xyz", Span)]
    [InlineData(Trace, "")]
    public void Ids_that_are_none_are_passed_over(string trace, string span)
    {
        Read(("X-B3-TraceId", trace), ("X-B3-SpanId", span)).Ids.ShouldBeNull();
        Read(("b3", $"{trace}-{span}-1")).Ids.ShouldBeNull();
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("1", "1")]
    [InlineData("", null)]
    public void Backends_are_told_a_decision_only_where_there_is_one(string decision, string? told)
    {
        using var request = new HttpRequestMessage();

        TraceContext.FromCaller(Headers(("X-B3-TraceId", Trace), ("X-B3-SpanId", Span), ("X-B3-Sampled", decision))).AddTo(request.Headers);

        request.Headers.GetValues("X-B3-TraceId").ShouldBe([Trace]);
        (request.Headers.TryGetValues("X-B3-Sampled", out var sampled) ? sampled.Single() : null).ShouldBe(told);
    }

    static void ShouldBe(CallerTrace trace, bool? sampled)
    {
        var (traceId, spanId) = trace.Ids.ShouldNotBeNull();
        (traceId.ToHexString(), spanId.ToHexString(), trace.Sampled).ShouldBe((Trace, Span, sampled));
    }

    static CallerTrace Read(params (string Name, string Value)[] headers) => TraceHeaders.Read(Headers(headers));

    static HeaderDictionary Headers(params (string Name, string Value)[] headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            dictionary[name] = value;
        }

        return dictionary;
    }
}
