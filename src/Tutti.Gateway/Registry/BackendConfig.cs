namespace Tutti.Gateway.Registry;

/// <summary>How the backend of a part is spoken to. Durations are whole milliseconds.</summary>
internal sealed record BackendConfig
{
    /// <summary>The most connections that are open at once.</summary>
    public int MaxConnections { get; set; } = 20;

    /// <summary>The longest wait for a connection.</summary>
    public int ConnectTimeout { get; set; } = 1_000;

    /// <summary>The longest silence between two packets.</summary>
    public int ReadTimeout { get; set; } = 5_000;

    /// <summary>The charset of bodies that declare none.</summary>
    public string DefaultCharset { get; set; } = "UTF-8";

    /// <summary>The forward proxy, <c>[scheme://]host[:port]</c>.</summary>
    public string? Proxy { get; init; }

    /// <summary><c>auto</c>, <c>1.1</c> or <c>2</c>.</summary>
    public string HttpVersion { get; set; } = "auto";

    /// <summary>Whether the backend's certificate is checked.</summary>
    public bool VerifyTls { get; set; } = true;

    /// <summary>How many redirects are followed, to the same scheme, host and port only.</summary>
    public int FollowRedirects { get; init; }

    /// <summary>The largest body, decoded, in bytes; the gateway's default if null.</summary>
    public long? MaxBodyBytes { get; init; }
}
