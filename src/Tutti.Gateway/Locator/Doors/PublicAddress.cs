namespace Tutti.Gateway.Locator.Doors;

/// <summary>
/// The address of this gateway as a client reaches it: as configured, else as a trusted proxy tells it, else where the connection came to.
/// Never what <c>Host</c> says, which anybody may write.
/// </summary>
internal sealed class PublicAddress(LocatorOptions options)
{
    readonly string? _configured = options.PublicUrl.Length > 0 ? options.PublicUrl.TrimEnd('/') : null;

    /// <summary>Scheme, host and port, without a slash at its end.</summary>
    public string Of(HttpContext context) => _configured
        ?? context.Features.Get<TrustedForwarding>()?.Origin
        ?? OfConnection(context.Connection);

    static string OfConnection(ConnectionInfo connection) => $"http://{CallerAddress.HostOf(connection.LocalIpAddress)}:{connection.LocalPort}";
}
