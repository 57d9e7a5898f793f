using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator;

/// <summary>Loops in the background that belong to services: they begin and end as the registry changes, and all end with the host.</summary>
/// <typeparam name="T">What a loop looks after.</typeparam>
internal abstract class ServiceLoops<T>(ServiceDirectory directory) : IHostedService, IDisposable
    where T : class
{
    readonly Dictionary<T, Loop> _loops = [];
    readonly Lock _change = new();
    readonly CancellationTokenSource _stopping = new();

    protected ServiceDirectory Directory => directory;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        directory.Changed += Follow;
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        directory.Changed -= Follow;
        await _stopping.CancelAsync();
        await Task.WhenAll(_loops.Values.Select(loop => loop.Run));
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>What there is to look after in a service; one loop for each, anew when the service changes.</summary>
    protected abstract IEnumerable<T> In(ServiceModel service);

    /// <summary>Runs until it is ended; it throws nothing.</summary>
    protected abstract Task RunAsync(ServiceModel service, T one, CancellationToken ct);

    /// <summary>One is not looked after any more.</summary>
    protected virtual void Ended(T one)
    {
    }

    void Follow(ServiceSnapshot snapshot)
    {
        lock (_change)
        {
            var left = new HashSet<T>(_loops.Keys);
            foreach (var service in snapshot.Services.Values)
            {
                foreach (var one in In(service))
                {
                    left.Remove(one);
                    Follow(service, one);
                }
            }

            foreach (var gone in left)
            {
                _loops.Remove(gone, out var loop);
                loop!.End.Cancel();
                Ended(gone);
            }
        }
    }

    void Follow(ServiceModel service, T one)
    {
        if (_loops.TryGetValue(one, out var known))
        {
            if (ReferenceEquals(known.Service, service))
            {
                return;
            }

            known.End.Cancel();
        }

        var end = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        _loops[one] = new Loop(service, end, Task.Run(
            async () =>
            {
                using (end)
                {
                    await RunAsync(service, one, end.Token);
                }
            }));
    }

    sealed record Loop(ServiceModel Service, CancellationTokenSource End, Task Run);
}
