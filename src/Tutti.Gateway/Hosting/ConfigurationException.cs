namespace Tutti.Gateway.Hosting;

/// <summary>The configuration has faults; the gateway does not start with them.</summary>
public sealed class ConfigurationException(IReadOnlyList<string> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>Every fault, as <c>key: what is wrong</c>.</summary>
    public IReadOnlyList<string> Faults => faults;
}
