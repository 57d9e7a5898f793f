using Microsoft.AspNetCore.Http;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Tests.Edge;

/// <summary>What may stand in <c>X-Metadata</c>.</summary>
public sealed class MetadataFieldTests
{
    [Theory]
    [InlineData("cart-17", true)]
    [InlineData("", true)]
    [InlineData("Söder 😀", true)]
    [InlineData("a\tb", false)]
    [InlineData("a\u0001b", false)]
    [InlineData("a\u001b[31m", false)]
    [InlineData("a\u007f", false)]
    [InlineData("a\u0085b", false)]
    [InlineData("a\u2028b", false)]
    public void Control_characters_may_not(string value, bool isGood) => (MetadataField.Fault(value) is null).ShouldBe(isGood);

    [Theory]
    [InlineData("x", 128, true)]
    [InlineData("x", 129, false)]
    [InlineData("å", 128, true)]
    [InlineData("😀", 128, true)]
    [InlineData("😀", 129, false)]
    public void Characters_are_counted(string one, int count, bool isGood) =>
        (MetadataField.Fault(string.Concat(Enumerable.Repeat(one, count))) is null).ShouldBe(isGood);

    [Fact]
    public void Twice_is_refused() => MetadataField.Fault(new(["a", "b"])).ShouldBe("X-Metadata is given twice");

    [Fact]
    public void A_request_without_it_sends_none_and_one_with_it_sends_one()
    {
        Sent(new HeaderDictionary()).ShouldBeNull();
        Sent(new HeaderDictionary { ["x-metadata"] = "cart-17" }).ShouldBe("cart-17");
    }

    static string? Sent(HeaderDictionary headers)
    {
        using var request = new HttpRequestMessage();
        TraceContext.FromCaller(headers).AddTo(request.Headers);
        return request.Headers.NonValidated.TryGetValues("X-Metadata", out var values) ? values.ToString() : null;
    }
}
