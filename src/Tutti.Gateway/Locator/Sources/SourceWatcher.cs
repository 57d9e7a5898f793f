using System.Net.Sockets;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Sources;

/// <summary>Asks the sources of services again and again. What they told stays for three turns, so that a source may be away for a while.</summary>
internal sealed class SourceWatcher(ServiceDirectory directory, InstanceSource source, TimeProvider clock, ILogger<SourceWatcher> log) : ServiceLoops<ServiceState>(directory)
{
    const int TurnsKept = 3;

    protected override IEnumerable<ServiceState> In(ServiceModel service) => service is { Config.Source: not null, Faults.Count: 0 } ? [Directory.Of(service)] : [];

    protected override async Task RunAsync(ServiceModel service, ServiceState one, CancellationToken ct)
    {
        var from = service.Config.Source!;
        var every = TimeSpan.FromMilliseconds(from.Refresh);
        var isInTrouble = false;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                Directory.Discover(service, await source.AskAsync(service, from, ct), every * TurnsKept);
                isInTrouble = false;
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException or IOException or HttpRequestException or OperationCanceledException)
            {
                if (!isInTrouble && !ct.IsCancellationRequested)
                {
                    log.SourceFailed(service.Name, e.Message);
                }

                isInTrouble = true;
            }

            await Task.Delay(every, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
