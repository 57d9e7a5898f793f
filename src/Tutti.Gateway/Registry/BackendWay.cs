namespace Tutti.Gateway.Registry;

/// <summary>How connections to a backend are opened. Parts that agree in it share them.</summary>
/// <param name="IsUtf8">Whether header values may hold any text, as those of a client that are passed on.</param>
internal readonly record struct BackendWay(string? Proxy, int ConnectTimeout, bool VerifyTls, bool IsUtf8 = false);
