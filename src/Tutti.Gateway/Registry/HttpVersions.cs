using System.Net;

namespace Tutti.Gateway.Registry;

/// <summary>The HTTP version that a part speaks, and whether a lower one will do.</summary>
internal readonly record struct HttpVersions(Version Version, HttpVersionPolicy Policy)
{
    /// <summary>Reads the setting of a part: <c>1.1</c>, <c>2</c>, or <c>auto</c>, which is 2 where TLS negotiates it.</summary>
    public static HttpVersions Of(string setting, bool isTls) => setting switch
    {
        "2" => new(HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact),
        "auto" when isTls => new(HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower),
        _ => new(HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact),
    };
}
