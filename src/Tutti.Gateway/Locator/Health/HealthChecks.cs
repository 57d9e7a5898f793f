using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Health;

/// <summary>Probes the instances of services that ask for it, each at its own pace. Each node probes for itself: it is its own way there that matters.</summary>
internal sealed class HealthChecks(ServiceDirectory directory, HealthProbe probe, TimeProvider clock) : IHostedService, IDisposable
{
    readonly Dictionary<InstanceState, Probing> _probings = [];
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
        await Task.WhenAll(_probings.Values.Select(probing => probing.Run));
    }

    public void Dispose() => _stopping.Dispose();

    void Follow(ServiceSnapshot snapshot)
    {
        lock (_change)
        {
            var left = new HashSet<InstanceState>(_probings.Keys);
            foreach (var service in snapshot.Services.Values.Where(service => service.Config.HealthCheck is not null))
            {
                foreach (var instance in directory.Of(service).Instances)
                {
                    left.Remove(instance);
                    Follow(service, instance);
                }
            }

            foreach (var gone in left)
            {
                _probings.Remove(gone, out var probing);
                probing!.End.Cancel();
                gone.IsFailing = false;
            }
        }
    }

    void Follow(ServiceModel service, InstanceState instance)
    {
        if (_probings.TryGetValue(instance, out var known))
        {
            if (ReferenceEquals(known.Service, service))
            {
                return;
            }

            known.End.Cancel();
        }

        var end = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        _probings[instance] = new Probing(service, end, RunAsync(service, instance, end));
    }

    async Task RunAsync(ServiceModel service, InstanceState instance, CancellationTokenSource end)
    {
        var check = service.Config.HealthCheck!;
        var inRow = 0;
        using (end)
        {
            // The first ones of many instances that come at once are spread over the interval.
            await WaitAsync(Random.Shared.Next(Math.Min(check.Interval, 1_000)), end.Token);
            while (!end.IsCancellationRequested)
            {
                if (instance.Lease.IsOn(clock.GetTimestamp()))
                {
                    var isWell = await probe.IsWellAsync(service, instance.Model, check, end.Token);
                    if (end.IsCancellationRequested)
                    {
                        return;
                    }

                    inRow = isWell == instance.IsFailing ? inRow + 1 : 0;
                    Judge(instance, check, isWell, ref inRow);
                }

                await WaitAsync(check.Interval, end.Token);
            }
        }
    }

    static void Judge(InstanceState instance, HealthCheckConfig check, bool isWell, ref int inRow)
    {
        if (inRow >= (isWell ? check.PassAfter : check.FailAfter))
        {
            instance.IsFailing = !isWell;
            inRow = 0;
        }

        if (isWell)
        {
            instance.Recover();
        }
    }

    Task WaitAsync(int milliseconds, CancellationToken ct) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), clock, ct)
        .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    sealed record Probing(ServiceModel Service, CancellationTokenSource End, Task Run);
}
