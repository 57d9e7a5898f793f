using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;
using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Aggregation.Wire;

namespace Tutti.Gateway.Tests.Aggregation.Wire;

public sealed class AggregateRequestReaderTests
{
    static readonly AggregationOptions Options = new();

    [Fact]
    public void Every_field_is_read()
    {
        var request = Read("""
            {"requestMeta":{"id":"abc","serviceId":"web","userId":"u","sessionId":"s","requestUrl":"/x","userAgent":"UA","timeout":500},
             "requests":[{"partId":"echo","id":"first","params":[{"key":"k","value":"v"}]}]}
            """)!;

        request.RequestMeta.ShouldBe(new RequestMeta("abc", "web", "u", "s", "/x", "UA", 500));
        request.Requests[0].PartId.ShouldBe("echo");
        request.Requests[0].Id.ShouldBe("first");
        request.Requests[0].Params.ShouldBe([new PartRequestParam("k", "v")]);
    }

    [Theory]
    [InlineData("null", null)]
    [InlineData("0", 0)]
    [InlineData("500.0", 500)]
    [InlineData("5e2", 500)]
    [InlineData("99999999999", int.MaxValue)]
    public void A_timeout_is_a_whole_number(string json, int? timeout) => Read(WithMeta($"\"timeout\":{json}"))!.RequestMeta.Timeout.ShouldBe(timeout);

    [Theory]
    [InlineData("1.5")]
    [InlineData("-1")]
    [InlineData("\"500\"")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("1e999999999")]
    public void Another_timeout_is_refused(string json) =>
        Problem(WithMeta($"\"timeout\":{json}")).ShouldStartWith("Unrecognized request object: requestMeta.timeout must be a whole number");

    [Fact]
    public void TimeoutMs_is_read_where_there_is_no_timeout()
    {
        Read(WithMeta("\"timeoutMs\":7"))!.RequestMeta.Timeout.ShouldBe(7);
        Read(WithMeta("\"timeoutMs\":7,\"timeout\":8"))!.RequestMeta.Timeout.ShouldBe(8);
    }

    [Theory]
    [InlineData("{}", "requestMeta is missing")]
    [InlineData("[]", "the document must be an object")]
    [InlineData("null", "the document must be an object")]
    [InlineData("""{"requestMeta":{"id":"a"}}""", "requests is missing")]
    [InlineData("""{"requestMeta":{},"requests":[]}""", "requestMeta.id is missing")]
    [InlineData("""{"requestMeta":{"id":5},"requests":[]}""", "requestMeta.id must be a string")]
    [InlineData("""{"requestMeta":{"id":"a"},"requests":[{}]}""", "requests[0].partId is missing")]
    [InlineData("""{"requestMeta":{"id":"a"},"requests":[{"partId":"p"},{"partId":null}]}""", "requests[1].partId is missing")]
    [InlineData("""{"requestMeta":{"id":"a"},"requests":[{"partId":"p","params":[{"key":"k"}]}]}""", "requests[0].params[0].value is missing")]
    [InlineData("""{"requestMeta":{"id":"a"},"requests":[{"partId":"p","params":{}}]}""", "requests[0].params must be an array")]
    [InlineData("""{"requestMeta":{"id":"a"},"requests":[1]}""", "requests[0] must be an object")]
    public void Another_shape_is_refused_with_its_place(string json, string problem) =>
        Problem(json).ShouldStartWith($"Unrecognized request object: {problem}");

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}x")]
    [InlineData("{'a':1}")]
    [InlineData("""{"requestMeta":{"id":"a"},"requests":[],}""")]
    [InlineData("""{"requestMeta":{"id":"a"},"requests":[]} {}""")]
    [InlineData("""{"requestMeta":{"id":"a"},/* */"requests":[]}""")]
    [InlineData("{\"requestMeta\":{\"id\":\"a\nb\"},\"requests\":[]}")]
    public void What_is_no_JSON_is_refused_with_its_place(string json) => Problem(json).ShouldStartWith("Malformed JSON at line ");

    [Theory]
    [InlineData("""{"requestMeta":{"id":"a"},"requests":[],"requests":[]}""")]
    [InlineData("""{"requestMeta":{"id":"a"},"requestMeta":{"id":"b"},"requests":[]}""")]
    [InlineData("""{"requestMeta":{"id":"a","id":"b"},"requests":[]}""")]
    [InlineData("""{"requestMeta":{"id":"a","i\u0064":"b"},"requests":[]}""")]
    [InlineData("""{"requestMeta":{"id":"a"},"requests":[{"partId":"p","partId":"q"}]}""")]
    [InlineData("""{"requestMeta":{"id":"a"},"requests":[{"partId":"p","params":[{"key":"k","key":"l","value":"v"}]}]}""")]
    public void Threat_15_a_field_twice_is_refused(string json) => Problem(json).ShouldContain("twice");

    [Theory]
    [InlineData("\"id\":\"\\ud800\"")]
    [InlineData("\"id\":\"\\udc00\\ud800\"")]
    [InlineData("\"\\ud800\":1")]
    [InlineData("\"\\ud800xx\":1")]
    [InlineData("\"\\ud800userAge\":1")]
    [InlineData("\"i\\udc00d\":1")]
    public void Threat_16_half_a_surrogate_pair_is_refused(string field) =>
        Problem($"{{\"requestMeta\":{{{field}}},\"requests\":[]}}").ShouldStartWith("Unrecognized request object: requestMeta");

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    public void Threat_16_invalid_UTF8_is_refused(byte[] bytes)
    {
        byte[] json = [.. "{\"requestMeta\":{\"id\":\""u8, .. bytes, .. "\"},\"requests\":[]}"u8];

        AggregateRequestReader.Read(new ReadOnlySequence<byte>(json), Options, out var problem).ShouldBeNull();

        problem.ShouldNotBeNull();
    }

    [Fact]
    public void Threat_16_a_byte_order_mark_is_passed_over() => Read($"\uFEFF{WithMeta("\"userId\":\"u\"")}")!.RequestMeta.UserId.ShouldBe("u");

    [Fact]
    public void Threat_14_depth_numbers_names_and_floods_are_refused()
    {
        Problem(WithMeta($"\"x\":{new string('[', 100_000)}")).ShouldStartWith("Malformed JSON");
        Problem(new string('[', 1_000_000)).ShouldStartWith("Unrecognized request object");
        Problem(WithMeta($"\"timeout\":{new string('9', 1_000_000)}")).ShouldContain("whole number");
        Problem(WithMeta($"\"{new string('k', 1_000_000)}\":1")).ShouldContain("1000000 bytes long");
        Problem(WithMeta(string.Join(',', Enumerable.Repeat("\"k\":1", 100_000)))).ShouldContain("twice");
        Problem(WithMeta(string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"k{i}\":1")))).ShouldContain("more than 1000 unknown fields");
    }

    [Fact]
    public void Threat_01_more_parts_than_allowed_are_refused()
    {
        var options = new AggregationOptions { MaxParts = 3 };
        string Parts(int count) => $$"""{"requestMeta":{"id":"a"},"requests":[{{string.Join(',', Enumerable.Repeat("{\"partId\":\"p\"}", count))}}]}""";

        Read(Parts(3), options)!.Requests.Count.ShouldBe(3);
        Problem(Parts(4), options).ShouldStartWith("Unrecognized request object: requests has more than 3 entries");
    }

    [Fact]
    public void Any_text_passes_unchanged_escaped_or_not() => Gen.String.Select(Gen.Bool).Sample((text, relaxed) =>
    {
        var whole = new string([.. text.EnumerateRunes().SelectMany(rune => rune.ToString())]);
        var json = $"\"{JsonEncodedText.Encode(whole, relaxed ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping : JavaScriptEncoder.Default)}\"";

        var request = Read($$"""{"requestMeta":{"id":{{json}}},"requests":[{"partId":{{json}},"id":{{json}},"params":[{"key":{{json}},"value":{{json}}}]}]}""")!;

        return request.RequestMeta.Id == whole && request.Requests[0] is var part && part.PartId == whole && part.Id == whole
            && part.Params[0] == new PartRequestParam(whole, whole);
    });

    [Fact]
    public void No_bytes_break_it() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        var request = AggregateRequestReader.Read(new ReadOnlySequence<byte>(bytes), Options, out var problem);
        return request is null != problem is null;
    });

    [Fact]
    public void No_change_of_a_good_request_breaks_it()
    {
        var good = Encoding.UTF8.GetBytes("""
            {"requestMeta":{"id":"\u00e4bc","timeout":500,"other":[{"a":null}]},"requests":[{"partId":"p","params":[{"key":"k","value":"\ud83d\ude00"}]}]}
            """);
        Gen.Int[0, good.Length - 1].Select(Gen.Byte, Gen.Int[0, 12]).Array[1, 3].Sample(
            changes =>
            {
                var bytes = good.ToList();
                foreach (var (at, value, cut) in changes)
                {
                    var start = Math.Min(at, bytes.Count);
                    bytes.RemoveRange(start, Math.Min(cut, bytes.Count - start));
                    bytes.Insert(start, value);
                }

                var request = AggregateRequestReader.Read(new ReadOnlySequence<byte>([.. bytes]), Options, out var problem);
                return request is null != problem is null;
            },
            iter: 20_000);
    }

    static string WithMeta(string fields) => $$"""{"requestMeta":{"id":"a",{{fields}}},"requests":[]}""";

    static AggregateRequest? Read(string json, AggregationOptions? options = null) =>
        AggregateRequestReader.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json)), options ?? Options, out _);

    static string Problem(string json, AggregationOptions? options = null)
    {
        AggregateRequestReader.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json)), options ?? Options, out var problem).ShouldBeNull();
        return problem!;
    }
}
