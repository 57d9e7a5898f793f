using System.Net.Sockets;
using DnsClient;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Sources;

/// <summary>
/// Asks the sources of services again and again, and sooner than told where what they said ends sooner. It stays for three turns, so that
/// a source may be away for a while.
/// </summary>
internal sealed class SourceWatcher(ServiceDirectory directory, InstanceSource source, TimeProvider clock, ILogger<SourceWatcher> log) : ServiceLoops<ServiceState>(directory)
{
    const int TurnsKept = 3;
    static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);

    protected override IEnumerable<ServiceState> In(ServiceModel service) => service is { Config.Source: not null, Faults.Count: 0 } ? [Directory.Of(service)] : [];

    protected override async Task RunAsync(ServiceModel service, ServiceState one, CancellationToken ct)
    {
        var from = service.Config.Source!;
        var longest = TimeSpan.FromMilliseconds(from.Refresh);
        var turn = longest;
        var isInTrouble = false;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var answer = await source.AskAsync(service, from, ct);
                turn = TurnOf(answer.GoodFor, longest);
                Directory.Discover(service, answer.Instances, turn * TurnsKept);
                isInTrouble = false;
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException or IOException or HttpRequestException or DnsResponseException or OperationCanceledException)
            {
                if (!isInTrouble && !ct.IsCancellationRequested)
                {
                    log.SourceFailed(service.Name, e.Message);
                }

                isInTrouble = true;
            }

            await Task.Delay(turn, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    static TimeSpan TurnOf(TimeSpan? goodFor, TimeSpan longest) =>
        goodFor is not { } time || time > longest ? longest : time < Soonest ? Soonest : time;
}
