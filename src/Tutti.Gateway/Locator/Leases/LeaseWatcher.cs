using System.Threading.Channels;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Storage;

namespace Tutti.Gateway.Locator.Leases;

/// <summary>Keeps the leases in memory up to date with what other nodes stored: told by the database, and by looking every now and then.</summary>
internal sealed class LeaseWatcher(
    LeaseStore store, LeaseTable leases, PartRegistry registry, ChangeListener listener, StorageOptions options, TimeProvider clock, ILogger<LeaseWatcher> log) : BackgroundService
{
    /// <summary>Many writes of other nodes in a row are read in a few looks.</summary>
    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    bool _isInTrouble = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var every = TimeSpan.FromMilliseconds(options.PollMs);
        leases.Restarted += ReadAgain;
        registry.Swapped += OnSwapped;
        await using var timer = clock.CreateTimer(_ => WakeUp(), null, TimeSpan.Zero, every);
        var listening = listener.RunAsync(ChangeListener.LeaseChannel, WakeUp, stoppingToken);
        try
        {
            await foreach (var _ in _wakeUps.Reader.ReadAllAsync(stoppingToken))
            {
                await LookAsync(stoppingToken);
                await Task.Delay(Breath, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await listening;
        }
        finally
        {
            leases.Restarted -= ReadAgain;
            registry.Swapped -= OnSwapped;
        }
    }

    async Task LookAsync(CancellationToken ct)
    {
        if (!registry.IsLoaded)
        {
            return;
        }

        try
        {
            await store.ReadAsync(ct);
            if (_isInTrouble)
            {
                _isInTrouble = false;
                log.LeasesRead(leases.Count);
            }
        }
        catch (Exception e) when (StorageTrouble.Is(e))
        {
            if (!_isInTrouble)
            {
                _isInTrouble = true;
                log.LeasesNotRead(e.GetBaseException().Message);
            }
        }
    }

    void OnSwapped(RegistrySnapshot snapshot) => WakeUp();

    void ReadAgain()
    {
        store.Forget();
        WakeUp();
    }

    void WakeUp() => _wakeUps.Writer.TryWrite(true);
}
