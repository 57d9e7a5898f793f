namespace Tutti.Gateway.Hosting;

/// <summary>The listener that a connection came in by. It is a feature of the connection, so no header and no path can change it.</summary>
internal sealed class Listener
{
    Listener(bool isManagement) => IsManagement = isManagement;

    public static Listener Traffic { get; } = new(false);

    public static Listener Management { get; } = new(true);

    public bool IsManagement { get; }
}
