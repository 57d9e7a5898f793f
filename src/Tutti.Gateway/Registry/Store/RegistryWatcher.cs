using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tutti.Gateway.Storage;

namespace Tutti.Gateway.Registry.Store;

/// <summary>
/// Loads the registry at start, as soon as the database answers, and again whenever another process changed it: told by the
/// database where it can tell, and found by polling where it cannot.
/// </summary>
internal sealed class RegistryWatcher(
    RegistryStore store,
    ChangeListener listener,
    IOptions<StorageOptions> options,
    TimeProvider clock,
    ILogger<RegistryWatcher> log) : BackgroundService
{
    /// <summary>Holds at most one wake-up: one look at the database answers any number of them.</summary>
    readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    bool _inTrouble;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var every = TimeSpan.FromMilliseconds(options.Value.PollMs);
        WakeUp();
        await using var timer = clock.CreateTimer(_ => WakeUp(), null, every, every);
        var listening = listener.RunAsync(ChangeListener.RegistryChannel, WakeUp, stoppingToken);
        try
        {
            await foreach (var _ in _wakeUps.Reader.ReadAllAsync(stoppingToken))
            {
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await listening;
        }
    }

    void WakeUp() => _wakeUps.Writer.TryWrite(true);

    async Task LookAsync(CancellationToken ct)
    {
        try
        {
            await store.RefreshAsync(ct);
            if (_inTrouble)
            {
                _inTrouble = false;
                RegistryLog.Reachable(log);
            }
        }
        catch (Exception e)
        {
            // What fails while the host goes away is of no interest.
            if (!_inTrouble && !ct.IsCancellationRequested)
            {
                _inTrouble = true;
                RegistryLog.NotLoaded(log, e.GetBaseException().Message);
            }
        }
    }
}
