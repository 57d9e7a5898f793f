using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Caching;

namespace Tutti.Gateway.Hosting;

/// <summary>
/// Stops in order: readiness falls first and load balancers see it, then the server stops accepting and finishes what runs, then late
/// calls end.
/// </summary>
internal sealed class Drain(
    Readiness readiness,
    LateCalls late,
    TrafficOptions traffic,
    ManagementOptions management,
    ShutdownOptions options,
    TimeProvider clock,
    ILogger<Drain> log) : IHostedLifecycleService
{
    bool _isListening;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _isListening = true;
        log.Listening(traffic.Url, management.Url);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.Stop();
        if (!_isListening)
        {
            return;
        }

        log.Stopping(options.ReadinessDelayMs, options.DrainMs);
        await Task.Delay(TimeSpan.FromMilliseconds(options.ReadinessDelayMs), clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) =>
        late.DrainAsync(TimeSpan.FromMilliseconds(options.DrainMs), clock, cancellationToken);
}
