using System.Net.Http.Headers;
using Microsoft.Extensions.Primitives;

namespace Tutti.Gateway.Proxy;

/// <summary>Adds this gateway to <c>Via</c> (RFC 9110, 7.6.3).</summary>
internal static class ViaField
{
    const string Name = "Via";
    const string Pseudonym = "tutti";

    /// <summary>This gateway behind a service that speaks HTTP/1.1.</summary>
    public const string Own = $"1.1 {Pseudonym}";

    public static void Add(string protocol, HttpRequestHeaders headers) => headers.TryAddWithoutValidation(
        Name, HttpProtocol.IsHttp11(protocol) ? $"1.1 {Pseudonym}" : HttpProtocol.IsHttp2(protocol) ? $"2.0 {Pseudonym}" : $"1.0 {Pseudonym}");

    public static void Add(Version version, IHeaderDictionary headers)
    {
        var own = version.Major >= 2 ? $"2.0 {Pseudonym}" : $"1.1 {Pseudonym}";
        headers.Via = headers.Via.Count == 0 ? own : StringValues.Concat(headers.Via, own);
    }
}
