using System.Net.Sockets;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Calls.Connections;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Health;

/// <summary>Asks one instance how it is.</summary>
internal sealed class HealthProbe(BackendConnections connections, BackendOptions options, TimeProvider clock)
{
    readonly BackendSockets _sockets = new(new AddressPolicy(options));

    /// <summary>Whether the instance answers well within the check's time.</summary>
    public async Task<bool> IsWellAsync(ServiceModel service, InstanceModel instance, HealthCheckConfig check, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMilliseconds(check.Timeout), clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            return service.IsHttp
                ? await AsksWellAsync(service, instance, check, both.Token)
                : await ConnectsAsync(instance.Address, both.Token);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            return false;
        }
    }

    /// <summary>Whether somebody accepts connections there.</summary>
    public async Task<bool> ListensAsync(Uri address, TimeSpan within, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(within, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            return await ConnectsAsync(address, both.Token);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            return false;
        }
    }

    async Task<bool> AsksWellAsync(ServiceModel service, InstanceModel instance, HealthCheckConfig check, CancellationToken ct)
    {
        var versions = service.VersionFor(instance.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(instance.Address, check.Path)) { Version = versions.Version, VersionPolicy = versions.Policy };
        request.Headers.TryAddWithoutValidation("User-Agent", "Tutti-Health");
        using var answer = await connections.Of(service.Way).SendAsync(request, ct);
        return (int)answer.StatusCode is >= 200 and < 400;
    }

    async Task<bool> ConnectsAsync(Uri address, CancellationToken ct)
    {
        await using var stream = await _sockets.ConnectAsync(address.Host.Trim('[', ']'), address.Port, ct);
        return true;
    }

    static bool IsTrouble(Exception e) => e is HttpRequestException or IOException or SocketException or OperationCanceledException;
}
