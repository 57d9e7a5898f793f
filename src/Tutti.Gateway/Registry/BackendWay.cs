namespace Tutti.Gateway.Registry;

/// <summary>How connections to a backend are opened. Parts that agree in it share them.</summary>
internal readonly record struct BackendWay(string? Proxy, int ConnectTimeout, bool VerifyTls);
