using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Health;

/// <summary>Probes the instances of services that ask for it, each at its own pace. Each node probes for itself: it is its own way there that matters.</summary>
internal sealed class HealthChecks(ServiceDirectory directory, HealthProbe probe, TimeProvider clock) : ServiceLoops<InstanceState>(directory)
{
    const int LongestFirstWait = 1_000;

    protected override IEnumerable<InstanceState> In(ServiceModel service) => service.Config.HealthCheck is null ? [] : Directory.Of(service).Instances;

    protected override void Ended(InstanceState one) => one.IsFailing = false;

    protected override async Task RunAsync(ServiceModel service, InstanceState one, CancellationToken ct)
    {
        var check = service.Config.HealthCheck!;
        var inRow = 0;

        // The first probes of many instances that come at once are spread.
        await WaitAsync(Random.Shared.Next(Math.Min(check.Interval, LongestFirstWait)), ct);
        while (!ct.IsCancellationRequested)
        {
            if (one.Lease.IsOn(clock.GetTimestamp()))
            {
                var isWell = await probe.IsWellAsync(service, one.Model, check, ct);
                if (ct.IsCancellationRequested)
                {
                    return;
                }

                inRow = isWell == one.IsFailing ? inRow + 1 : 0;
                Judge(one, check, isWell, ref inRow);
            }

            await WaitAsync(check.Interval, ct);
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

    async Task WaitAsync(int milliseconds, CancellationToken ct) =>
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
