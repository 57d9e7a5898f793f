using Microsoft.EntityFrameworkCore;
using Tutti.Gateway.Registry.Store;
using Tutti.Gateway.Storage;

namespace Tutti.Gateway.Locator.Leases;

/// <summary>Reads and writes the stored leases.</summary>
internal sealed class LeaseStore(TuttiDatabase database, LeaseTable leases)
{
    long _known;

    /// <summary>Whether all that was stored at the start has been read.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Reads everything again the next time.</summary>
    public void Forget() => Volatile.Write(ref _known, 0);

    /// <summary>Reads what was written since the last time.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        await using var db = database.Open();
        var known = Volatile.Read(ref _known);
        var rows = await db.Leases.AsNoTracking().Where(row => row.Change > known).ToListAsync(ct);
        if (rows.Count > 0)
        {
            var now = await LeaseRows.NowAsync(db, ct);
            foreach (var row in rows.Where(row => !LeaseRows.IsOfBundle(row.InstanceId)))
            {
                leases.Apply(row.InstanceId, row.Started, TimeSpan.FromMilliseconds(now - row.RenewedAt), row.Change);
            }

            Interlocked.CompareExchange(ref _known, rows.Max(row => row.Change), known);
        }

        IsLoaded = true;
    }

    /// <summary>Renews leases for good, all at once, and then on this node.</summary>
    public async Task WriteAsync(IReadOnlyCollection<LeaseRenewal> renewals, CancellationToken ct)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var change = await LeaseRows.RenewAsync(db, renewals, ct);
        if (database.Provider is StorageProvider.PostgreSql)
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_notify({ChangeListener.LeaseChannel}, '')", ct);
        }

        await transaction.CommitAsync(CancellationToken.None);
        foreach (var renewal in renewals)
        {
            leases.Renew(renewal.InstanceId, renewal.Started, change);
        }
    }
}
