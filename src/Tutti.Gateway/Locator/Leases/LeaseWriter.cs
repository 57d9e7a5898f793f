using System.Threading.Channels;
using Tutti.Gateway.Registry.Store;
using Tutti.Gateway.Storage;

namespace Tutti.Gateway.Locator.Leases;

/// <summary>Stores signals and heartbeats: those that come while one write runs share the next, so that thousands cost a few writes.</summary>
internal sealed class LeaseWriter(LeaseStore store, TimeProvider clock, ILogger<LeaseWriter> log) : BackgroundService
{
    /// <summary>ConductR's libraries wait for five seconds and then end their program.</summary>
    static readonly TimeSpan LongestTrouble = TimeSpan.FromSeconds(3);

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    const int MostWaiting = 20_000;

    const int MostAtOnce = 1_000;

    readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Stores a renewal.</summary>
    /// <returns>Whether it is stored for good and this node acts by it.</returns>
    public Task<bool> RenewAsync(LeaseRenewal renewal)
    {
        var waiting = new Waiting(renewal, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        return _waiting.Writer.TryWrite(waiting) ? waiting.Done.Task : Task.FromResult(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var together = new List<Waiting>();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                while (together.Count < MostAtOnce && _waiting.Reader.TryRead(out var next))
                {
                    together.Add(next);
                }

                var isStored = await StoreAsync([.. together.Select(one => one.Renewal)], stoppingToken);
                together.ForEach(one => one.Done.SetResult(isStored));
                together.Clear();
            }
        }
        finally
        {
            together.ForEach(one => one.Done.TrySetResult(false));
            while (_waiting.Reader.TryRead(out var left))
            {
                left.Done.TrySetResult(false);
            }
        }
    }

    async Task<bool> StoreAsync(LeaseRenewal[] renewals, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await store.WriteAsync(renewals, ct);
                return true;
            }
            catch (Exception e) when (StorageTrouble.Is(e))
            {
                if (clock.GetElapsedTime(began) >= LongestTrouble)
                {
                    log.LeasesNotWritten(renewals.Length, e.GetBaseException().Message);
                    return false;
                }
            }

            await Task.Delay(Pause, clock, ct);
        }
    }

    sealed record Waiting(LeaseRenewal Renewal, TaskCompletionSource<bool> Done);
}
