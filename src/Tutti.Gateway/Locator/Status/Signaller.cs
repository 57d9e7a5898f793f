using System.Net;
using Tutti.Gateway.Locator.Doors;
using Tutti.Gateway.Locator.Leases;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Status;

/// <summary>Finds the instance that a signal is about. ConductR's clients name only their bundle.</summary>
internal sealed class Signaller(LeaseTable leases, TimeProvider clock)
{
    /// <summary>Of the caller's own instances, else of all: the oldest that is not in, else the one whose lease ends first.</summary>
    /// <param name="instances">The instances of the bundle.</param>
    public InstanceConfig? Find(IEnumerable<InstanceConfig> instances, IPAddress? caller)
    {
        InstanceConfig[] all = [.. instances];
        InstanceConfig[] own = [.. all.Where(instance => IsAt(instance, caller))];
        var now = clock.GetTimestamp();
        return (own.Length > 0 ? own : all)
            .OrderBy(instance => leases.Of(instance.InstanceId).IsOn(now))
            .ThenBy(instance => leases.Of(instance.InstanceId) is { IsStarted: true } lease ? lease.Ends : 0)
            .ThenBy(instance => instance.Version)
            .FirstOrDefault();
    }

    static bool IsAt(InstanceConfig instance, IPAddress? caller) => caller is not null && instance.Addresses.Any(address => IsAt(address.Address, caller));

    static bool IsAt(string address, IPAddress caller)
    {
        var host = HostOf(address);
        var plain = CallerAddress.Plain(caller);
        return IPAddress.TryParse(host, out var literal)
            ? literal.Equals(plain) || (IPAddress.IsLoopback(literal) && IPAddress.IsLoopback(plain))
            : host == "localhost" && IPAddress.IsLoopback(plain);
    }

    static string HostOf(string address)
    {
        var written = address.Contains("://", StringComparison.Ordinal) ? address : $"tcp://{address}";
        return Uri.TryCreate(written, UriKind.Absolute, out var uri) ? uri.Host.Trim('[', ']') : "";
    }
}
