using CsCheck;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Tests.Calls;

public sealed class ContentTypeTests
{
    [Theory]
    [InlineData("text/plain", "text/plain", null)]
    [InlineData(" text/plain ", "text/plain", null)]
    [InlineData("text/plain;charset=utf-8", "text/plain", "utf-8")]
    [InlineData("text/plain ; Charset=\"UTF-8\"", "text/plain", "UTF-8")]
    [InlineData("text/plain; format=flowed; charset=latin1; x=y", "text/plain", "latin1")]
    [InlineData("application/json; profile=charset", "application/json", null)]
    [InlineData("text/plain;", "text/plain", null)]
    [InlineData("text/plain; charset = utf-8", "text/plain", "utf-8")]
    [InlineData("text/plain; charset=", "text/plain", null)]
    [InlineData("text/plain; charset=\"\"", "text/plain", null)]
    [InlineData("multipart/x; boundary=\"a;charset=klingon\"; charset=utf-8", "multipart/x", "utf-8")]
    [InlineData("text/plain; x=\"never closed; charset=utf-8", "text/plain", null)]
    [InlineData("", "text/plain", "ISO-8859-1")]
    [InlineData(" ; charset=utf-8", "text/plain", "ISO-8859-1")]
    public void Type_and_charset_are_cut_out(string header, string type, string? charset) =>
        ContentType.Parse(header).ShouldBe(new ContentType(type, charset));

    [Fact]
    public void No_header_breaks_it() => Gen.String.Sample(header => { ContentType.Parse(header); });
}
