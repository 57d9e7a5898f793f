using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>RFC 9111, 4.3.1 and 4.3.2, and RFC 9110, 13: conditions to a backend and conditions of clients.</summary>
public sealed class Section_4_3_ValidationTests
{
    const string Fresh = "Cache-Control: max-age=60 | ";

    [Theory]
    [InlineData("ETag: \"a\"", "\"a\"", null)]
    [InlineData("ETag: W/\"a\"", "W/\"a\"", null)]
    [InlineData("ETag:   \"ü,!\"  ", "\"ü,!\"", null)]
    [InlineData("Last-Modified: {-60}", null, -60)]
    [InlineData("ETag: \"a\" | Last-Modified: {-60}", "\"a\"", -60)]
    [InlineData("ETag: a", null, null)]
    [InlineData("ETag: \"a\"b", null, null)]
    [InlineData("ETag: w/\"a\"", null, null)]
    [InlineData("ETag: \"a b\"", null, null)]
    [InlineData("ETag: \"a", null, null)]
    [InlineData("Last-Modified: long ago", null, null)]
    [InlineData("", null, null)]
    public void A_stored_validator_becomes_a_condition(string response, string? ifNoneMatch, int? ifModifiedSince)
    {
        var conditions = ValidationRules.ConditionsOf(Wire.Stored(Fresh + response));

        conditions.ShouldBe(new Conditions(ifNoneMatch, ifModifiedSince is { } seconds ? Wire.Date(seconds) : null));
        conditions.AreAny.ShouldBe(ifNoneMatch is not null || ifModifiedSince is not null);
    }

    [Theory]
    [InlineData("ETag: \"a\"", "If-None-Match: \"a\"", ClientAnswer.NotModified)]
    [InlineData("ETag: \"a\"", "If-None-Match: W/\"a\"", ClientAnswer.NotModified)]
    [InlineData("ETag: W/\"a\"", "If-None-Match: \"a\"", ClientAnswer.NotModified)]
    [InlineData("ETag: W/\"a\"", "If-None-Match: W/\"a\"", ClientAnswer.NotModified)]
    [InlineData("ETag: \"a\"", "If-None-Match: \"A\"", ClientAnswer.Whole)]
    [InlineData("ETag: \"a\"", "If-None-Match: \"b\", \"a\" , W/\"c\"", ClientAnswer.NotModified)]
    [InlineData("ETag: \"a\"", "If-None-Match: \"b\" | If-None-Match: \"a\"", ClientAnswer.NotModified)]
    [InlineData("ETag: \"a,b\"", "If-None-Match: \"c\",\"a,b\"", ClientAnswer.NotModified)]
    [InlineData("ETag: \"a\"", "If-None-Match: \"b,\"a\",c\"", ClientAnswer.Whole)]
    [InlineData("ETag: \"a\"", "If-None-Match: bad, \"a\"", ClientAnswer.NotModified)]
    [InlineData("ETag: \"a\"", "If-None-Match: \"a\"b", ClientAnswer.Whole)]
    [InlineData("ETag: \"a\"", "If-None-Match: a", ClientAnswer.Whole)]
    [InlineData("ETag: \"a\"", "If-None-Match:", ClientAnswer.Whole)]
    [InlineData("ETag: \"a\"", "If-None-Match: *", ClientAnswer.NotModified)]
    [InlineData("", "If-None-Match: *", ClientAnswer.NotModified)]
    [InlineData("", "If-None-Match: \"a\"", ClientAnswer.Whole)]
    [InlineData("Last-Modified: {-60}", "If-Modified-Since: {-60}", ClientAnswer.NotModified)]
    [InlineData("Last-Modified: {-60}", "If-Modified-Since: {-59}", ClientAnswer.NotModified)]
    [InlineData("Last-Modified: {-60}", "If-Modified-Since: {-61}", ClientAnswer.Whole)]
    [InlineData("Last-Modified: {-60}", "If-Modified-Since: long ago", ClientAnswer.Whole)]
    [InlineData("Last-Modified: {-60}", "If-Modified-Since: {-60} | If-Modified-Since: {-60}", ClientAnswer.Whole)]
    [InlineData("Date: {-10}", "If-Modified-Since: {-10}", ClientAnswer.NotModified)]
    [InlineData("Date: {-10}", "If-Modified-Since: {-11}", ClientAnswer.Whole)]
    [InlineData("", "If-Modified-Since: {0}", ClientAnswer.NotModified)]
    [InlineData("", "If-Modified-Since: {-1}", ClientAnswer.Whole)]
    [InlineData("ETag: \"a\" | Last-Modified: {-60}", "If-None-Match: \"b\" | If-Modified-Since: {0}", ClientAnswer.Whole)]
    [InlineData("ETag: \"a\" | Last-Modified: {-60}", "If-None-Match: \"a\" | If-Modified-Since: {-600}", ClientAnswer.NotModified)]
    [InlineData("ETag: \"a\"", "If-Match: \"a\"", ClientAnswer.Forward)]
    [InlineData("ETag: \"a\"", "If-Match: * | If-None-Match: \"a\"", ClientAnswer.Forward)]
    [InlineData("Last-Modified: {-60}", "If-Unmodified-Since: {0}", ClientAnswer.Forward)]
    [InlineData("ETag: \"a\"", "", ClientAnswer.Whole)]
    public void A_stored_response_answers_conditions(string response, string request, object answer)
    {
        var stored = Wire.Stored(Fresh + response);

        ValidationRules.Answer(stored, Wire.Request(request), 100, Wire.Now, out _).ShouldBe((ClientAnswer)answer);
        ValidationRules.Answer(stored, Wire.Request(request, "HEAD"), 100, Wire.Now, out _).ShouldBe((ClientAnswer)answer);
    }

    [Theory]
    [InlineData("If-None-Match: \"a\"")]
    [InlineData("If-Modified-Since: {0}")]
    [InlineData("Range: bytes=0-1")]
    public void What_is_no_success_is_answered_whole(string request) =>
        ValidationRules.Answer(Wire.Stored(Fresh + "ETag: \"a\"", status: 404), Wire.Request(request), 100, Wire.Now, out _).ShouldBe(ClientAnswer.Whole);

    [Theory]
    [InlineData("bytes=0-9", ClientAnswer.Part, 0, 9)]
    [InlineData("BYTES=0-9", ClientAnswer.Part, 0, 9)]
    [InlineData("bytes=90-", ClientAnswer.Part, 90, 99)]
    [InlineData("bytes=90-900", ClientAnswer.Part, 90, 99)]
    [InlineData("bytes=-10", ClientAnswer.Part, 90, 99)]
    [InlineData("bytes=-1000", ClientAnswer.Part, 0, 99)]
    [InlineData("bytes=99-99", ClientAnswer.Part, 99, 99)]
    [InlineData("bytes=100-", ClientAnswer.RangeNotSatisfiable, 0, 0)]
    [InlineData("bytes=-0", ClientAnswer.RangeNotSatisfiable, 0, 0)]
    [InlineData("bytes=9-0", ClientAnswer.Whole, 0, 0)]
    [InlineData("bytes=0-1,5-6", ClientAnswer.Whole, 0, 0)]
    [InlineData("bytes=", ClientAnswer.Whole, 0, 0)]
    [InlineData("bytes=-", ClientAnswer.Whole, 0, 0)]
    [InlineData("bytes=a-b", ClientAnswer.Whole, 0, 0)]
    [InlineData("bytes=99999999999999999999-", ClientAnswer.Whole, 0, 0)]
    [InlineData("lines=0-9", ClientAnswer.Whole, 0, 0)]
    [InlineData("", ClientAnswer.Whole, 0, 0)]
    public void A_whole_response_answers_one_range(string wanted, object answer, long first, long last)
    {
        ValidationRules.Answer(Wire.Stored(Fresh), Wire.Request($"Range: {wanted}"), 100, Wire.Now, out var range).ShouldBe((ClientAnswer)answer);
        if ((ClientAnswer)answer == ClientAnswer.Part)
        {
            range.ShouldBe(new ByteRange(first, last));
            range.Length.ShouldBe(last - first + 1);
            range.ContentRange(100).ShouldBe($"bytes {first}-{last}/100");
        }
    }

    [Theory]
    [InlineData("ETag: \"a\"", "If-Range: \"a\"", ClientAnswer.Part)]
    [InlineData("ETag: \"a\"", "If-Range: \"b\"", ClientAnswer.Whole)]
    [InlineData("ETag: W/\"a\"", "If-Range: W/\"a\"", ClientAnswer.Whole)]
    [InlineData("ETag: W/\"a\"", "If-Range: \"a\"", ClientAnswer.Whole)]
    [InlineData("", "If-Range: \"a\"", ClientAnswer.Whole)]
    [InlineData("Last-Modified: {-60}", "If-Range: {-60}", ClientAnswer.Part)]
    [InlineData("Last-Modified: {-60}", "If-Range: {-59}", ClientAnswer.Whole)]
    [InlineData("Last-Modified: {0}", "If-Range: {0}", ClientAnswer.Whole)]
    [InlineData("", "If-Range: {0}", ClientAnswer.Whole)]
    [InlineData("ETag: \"a\"", "If-Range: nonsense", ClientAnswer.Whole)]
    [InlineData("ETag: \"a\"", "If-None-Match: \"a\"", ClientAnswer.NotModified)]
    [InlineData("ETag: \"a\"", "If-None-Match: \"b\"", ClientAnswer.Part)]
    public void If_Range_keeps_parts_of_two_bodies_apart(string response, string request, object answer) =>
        ValidationRules.Answer(Wire.Stored(Fresh + response), Wire.Request($"{request} | Range: bytes=0-9"), 100, Wire.Now, out _).ShouldBe((ClientAnswer)answer);

    [Fact]
    public void HEAD_has_no_range() =>
        ValidationRules.Answer(Wire.Stored(Fresh), Wire.Request("Range: bytes=0-9", "HEAD"), 100, Wire.Now, out _).ShouldBe(ClientAnswer.Whole);

    [Theory]
    [InlineData("A: 1 | Cache-Control: c | Content-Location: /l | Content-Type: t | Date: {0} | ETag: \"a\" | Expires: {5} | Vary: v | Last-Modified: {0}",
        "Cache-Control: c | Content-Location: /l | Date: {0} | ETag: \"a\" | Expires: {5} | Vary: v")]
    [InlineData("Content-Length: 5 | Date: {0} | Last-Modified: {-5}", "Date: {0} | Last-Modified: {-5}")]
    public void A_304_tells_what_a_client_needs_to_go_on_storing(string stored, string told) =>
        Wire.Text(ValidationRules.NotModifiedFields(Wire.Fields(stored))).ShouldBe(Wire.Text(Wire.Fields(told)));
}
