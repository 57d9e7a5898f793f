using System.Net;
using Tutti.Gateway.Locator.Doors;
using Tutti.Gateway.Locator.Health;
using Tutti.Gateway.Locator.Leases;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Status;

/// <summary>Finds the instance that a signal is about. ConductR's clients name only their bundle.</summary>
internal sealed class Signaller(LeaseTable leases, HealthProbe probe, TimeProvider clock)
{
    /// <summary>Nobody is kept waiting for long: a process that listens accepts at once.</summary>
    static readonly TimeSpan LongestConnect = TimeSpan.FromMilliseconds(250);

    const int MostConnects = 8;

    /// <summary>
    /// Where several at the caller's address might have sent it, the first one that listens: a dead one signals nothing, and one that has
    /// yet to begin listening has not started.
    /// </summary>
    /// <param name="instances">The instances of the bundle.</param>
    public async ValueTask<InstanceConfig?> FindAsync(IEnumerable<InstanceConfig> instances, IPAddress? caller, CancellationToken ct)
    {
        InstanceConfig[] all = [.. instances];
        InstanceConfig[] own = Ordered(all.Where(instance => IsAt(instance, caller)));
        foreach (var instance in own.Length > 1 ? own.Take(MostConnects) : [])
        {
            if (await ListensAsync(instance, ct))
            {
                return instance;
            }
        }

        return own.Length > 0 ? own[0] : Ordered(all).FirstOrDefault();
    }

    /// <summary>The oldest that is not in, then the one whose lease ends first.</summary>
    InstanceConfig[] Ordered(IEnumerable<InstanceConfig> instances)
    {
        var now = clock.GetTimestamp();
        return
        [
            .. instances
                .OrderBy(instance => leases.Of(instance.InstanceId).IsOn(now))
                .ThenBy(instance => leases.Of(instance.InstanceId) is { IsStarted: true } lease ? lease.Ends : 0)
                .ThenBy(instance => instance.Version),
        ];
    }

    /// <summary>By its first address that connections can be made to; true if there is none.</summary>
    async ValueTask<bool> ListensAsync(InstanceConfig instance, CancellationToken ct) =>
        instance.Addresses.Select(address => UriOf(address.Address)).FirstOrDefault(uri => uri is not null && uri.Scheme != ServiceProtocols.Udp) is not { } address
        || await probe.ListensAsync(address, LongestConnect, ct);

    static bool IsAt(InstanceConfig instance, IPAddress? caller) => caller is not null && instance.Addresses.Any(address => IsAt(address.Address, caller));

    static bool IsAt(string address, IPAddress caller)
    {
        var host = UriOf(address)?.Host.Trim('[', ']') ?? "";
        var plain = CallerAddress.Plain(caller);
        return IPAddress.TryParse(host, out var literal)
            ? literal.Equals(plain) || (IPAddress.IsLoopback(literal) && IPAddress.IsLoopback(plain))
            : host == "localhost" && IPAddress.IsLoopback(plain);
    }

    static Uri? UriOf(string address)
    {
        var written = address.Contains("://", StringComparison.Ordinal) ? address : $"tcp://{address}";
        return Uri.TryCreate(written, UriKind.Absolute, out var uri) ? uri : null;
    }
}
