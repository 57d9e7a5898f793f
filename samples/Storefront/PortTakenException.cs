namespace Tutti.Samples.Storefront;

/// <summary>A listener's port is in use; it names the port and the option that chooses another.</summary>
public sealed class PortTakenException(int port, string option, Exception inner)
    : Exception($"Port {port} is taken: stop what uses it, or pass {option} PORT", inner)
{
    /// <summary>The port.</summary>
    public int Port => port;

    /// <summary>The option, with its dashes.</summary>
    public string Option => option;
}
