using System.Net.Sockets;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Sources;

/// <summary>Asks the sources of services again and again. What they told stays for three turns, so that a source may be away for a while.</summary>
internal sealed class SourceWatcher(ServiceDirectory directory, InstanceSource source, TimeProvider clock, ILogger<SourceWatcher> log) : IHostedService, IDisposable
{
    const int TurnsKept = 3;

    readonly Dictionary<string, Watching> _watchings = new(StringComparer.Ordinal);
    readonly Lock _change = new();
    readonly CancellationTokenSource _stopping = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        directory.Changed += Follow;
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        directory.Changed -= Follow;
        await _stopping.CancelAsync();
        await Task.WhenAll(_watchings.Values.Select(watching => watching.Run));
    }

    public void Dispose() => _stopping.Dispose();

    void Follow(ServiceSnapshot snapshot)
    {
        lock (_change)
        {
            foreach (var (name, watching) in _watchings.ToArray())
            {
                if (snapshot.Services.GetValueOrDefault(name) != watching.Service)
                {
                    _watchings.Remove(name);
                    watching.End.Cancel();
                }
            }

            foreach (var service in snapshot.Services.Values)
            {
                if (service is { Config.Source: { } from, Faults.Count: 0 } && !_watchings.ContainsKey(service.Name))
                {
                    var end = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
                    _watchings[service.Name] = new Watching(service, end, Task.Run(() => RunAsync(service, from, end)));
                }
            }
        }
    }

    async Task RunAsync(ServiceModel service, SourceConfig from, CancellationTokenSource end)
    {
        var every = TimeSpan.FromMilliseconds(from.Refresh);
        var isInTrouble = false;
        using (end)
        {
            while (!end.IsCancellationRequested)
            {
                try
                {
                    directory.Discover(service, await source.AskAsync(service, from, end.Token), every * TurnsKept);
                    isInTrouble = false;
                }
                catch (Exception e) when (e is SocketException or InvalidOperationException or IOException or HttpRequestException or OperationCanceledException)
                {
                    if (!isInTrouble && !end.IsCancellationRequested)
                    {
                        log.SourceFailed(service.Name, e.Message);
                    }

                    isInTrouble = true;
                }

                await Task.Delay(every, clock, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    sealed record Watching(ServiceModel Service, CancellationTokenSource End, Task Run);
}
