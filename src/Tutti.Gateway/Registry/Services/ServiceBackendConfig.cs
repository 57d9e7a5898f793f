namespace Tutti.Gateway.Registry.Services;

/// <summary>How the instances of a service are spoken to.</summary>
internal sealed record ServiceBackendConfig
{
    /// <summary><c>auto</c>, <c>1.1</c> or <c>2</c>.</summary>
    public string HttpVersion { get; set; } = "auto";

    /// <summary>Whether the certificate of an instance is checked.</summary>
    public bool VerifyTls { get; set; } = true;

    /// <summary>Whether instances get the <c>Host</c> of the client instead of their own address.</summary>
    public bool KeepHost { get; init; }

    /// <summary>The largest request body in bytes; any if null.</summary>
    public long? MaxRequestBytes { get; init; }
}
