namespace Tutti.Gateway.Hosting;

/// <summary>The listener for operators: section <c>Tutti:Management</c>.</summary>
internal sealed class ManagementOptions
{
    /// <summary>Where operators connect: <c>http://host:port</c>, several separated by <c>;</c>. Loopback unless told otherwise.</summary>
    [ListenUrl]
    public string Url { get; set; } = "http://localhost:9001";
}
