using Microsoft.Extensions.Primitives;
using Tutti.Gateway.Proxy;

namespace Tutti.Gateway.Tests.Proxy;

/// <summary>What <c>Connection</c> names stays with this hop, and nothing that carries the message goes.</summary>
public sealed class HopFieldsTests
{
    [Theory]
    [InlineData("close, X-Secret", "X-Kept")]
    [InlineData("x-secret", "X-Kept")]
    [InlineData("keep-alive", "X-Kept X-Secret")]
    [InlineData("X-Secret,\tX-Kept , bad name:, ,", "")]
    public void Named_fields_are_removed(string connection, string left)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://h/") { Content = new ByteArrayContent([]) };
        request.Headers.TryAddWithoutValidation("X-Secret", "1");
        request.Headers.TryAddWithoutValidation("X-Kept", "1");
        request.Content.Headers.TryAddWithoutValidation("Content-Language", "en");

        HopFields.Remove(new StringValues(connection), request);
        HopFields.Remove("Content-Language, Content-Length, Host", request);

        string.Join(' ', request.Headers.NonValidated.Select(field => field.Key).Order(StringComparer.Ordinal)).ShouldBe(left);
        request.Content.Headers.NonValidated.ShouldBeEmpty();
    }
}
