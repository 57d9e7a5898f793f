using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Tutti.Gateway.Registry.Editing;
using Tutti.Gateway.Registry.Rules;
using Tutti.Gateway.Storage;

namespace Tutti.Gateway.Registry.Store;

/// <summary>Keeps the registry in memory and the one in the database the same. Loads and edits of this process take turns.</summary>
internal sealed class RegistryStore(
    TuttiDatabase database,
    DatabaseMigrator migrator,
    PartRegistry registry,
    RegistryRules rules,
    TimeProvider clock,
    ILogger<RegistryStore> log) : IDisposable
{
    /// <summary>The longest that an edit waits for others before it is refused.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>For reading or writing much at once, where the short limit that notices locks would be too short.</summary>
    static readonly TimeSpan LongestStatement = TimeSpan.FromSeconds(30);

    readonly SemaphoreSlim _turn = new(1);
    volatile bool _isReachable;

    /// <summary>Whether the last look at the database went well.</summary>
    public bool IsReachable => _isReachable;

    /// <summary>Brings tables and memory up to date if the database holds another state than memory does.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            await migrator.MigrateAsync(ct);
            await using var db = database.Open();
            var stored = await db.RegistryVersions.AsNoTracking().SingleAsync(ct);
            _isReachable = true;
            if (!registry.IsLoaded || stored.Stamp != registry.Current.Config.Stamp || stored.Version != registry.Current.Version)
            {
                var started = clock.GetTimestamp();
                db.Database.SetCommandTimeout(LongestStatement);
                Swap(RegistryReader.Read(await RowSet.ReadAsync(db, ct)));
                RegistryLog.Loaded(log, registry.Current.Version, registry.Current.Parts.Count, (long)clock.GetElapsedTime(started).TotalMilliseconds);
            }
        }
        catch
        {
            _isReachable = false;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Makes an edit: once it returns a next state, that state is stored for good and requests read it.</summary>
    public async Task<EditOutcome<T>> EditAsync<T>(RegistryEdit<T> edit, CancellationToken ct)
        where T : class
    {
        if (!await _turn.WaitAsync(LongestWait, ct))
        {
            return EditOutcome<T>.Refused(RefusalKind.Unavailable, "The database is busy with other changes. Nothing was changed; try again.");
        }

        try
        {
            return await StoreAsync(edit, ct);
        }
        catch (Exception e) when (StorageTrouble.IsConflict(e))
        {
            RegistryLog.WriteFailed(log, e.GetBaseException().Message);
            return EditOutcome<T>.Refused(RefusalKind.Stale, "The database was changed by another program meanwhile. Nothing was changed; read again and try again.");
        }
        catch (Exception e) when (StorageTrouble.Is(e))
        {
            RegistryLog.WriteFailed(log, e.GetBaseException().Message);
            return EditOutcome<T>.Refused(RefusalKind.Unavailable, "The database cannot be written to at the moment. Nothing was changed; try again.");
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    async Task<EditOutcome<T>> StoreAsync<T>(RegistryEdit<T> edit, CancellationToken ct)
        where T : class
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);

        // From here on, editors on other nodes wait for this transaction.
        await db.RegistryVersions.ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, row => row.Version + 1), ct);
        db.Database.SetCommandTimeout(LongestStatement);
        var row = await db.RegistryVersions.AsNoTracking().SingleAsync(ct);
        var known = registry.Current.Config;
        var isKnown = registry.IsLoaded && row.Stamp == known.Stamp && row.Version == known.Version + 1;
        var current = isKnown ? known : RegistryReader.Read(await RowSet.ReadAsync(db, ct));

        // Never below what memory had, so that no ETag comes twice even if an older database was put back.
        var version = Math.Max(row.Version, known.Version + 1);
        var outcome = edit(current, version);
        if (outcome.Next is null || ReferenceEquals(outcome.Next, current))
        {
            return outcome;
        }

        var next = outcome.Next with { Version = version, Stamp = Guid.NewGuid() };
        await RegistrySaver.SaveAsync(db, current, next, ct);
        await db.RegistryVersions.ExecuteUpdateAsync(set => set.SetProperty(r => r.Version, version).SetProperty(r => r.Stamp, next.Stamp), ct);
        if (database.Provider is StorageProvider.PostgreSql)
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_notify({ChangeListener.RegistryChannel}, '')", ct);
        }

        // A caller who leaves now must not leave us unsure whether it was stored.
        await transaction.CommitAsync(CancellationToken.None);
        Swap(next);
        RegistryLog.Changed(log, version);
        return outcome with { Next = next };
    }

    void Swap(RegistryConfig next)
    {
        var before = registry.Current;
        var facts = new Lazy<RegistryFacts>(() => new RegistryFacts(next));
        var services = new ServiceFacts(next);
        var snapshot = RegistrySnapshot.Compile(
            next, (part, _) => rules.Check(part, facts.Value), before, service => ServiceRules.Check(service, services));
        registry.Swap(snapshot, evenIfOlder: true);
        foreach (var part in snapshot.Parts.Values.Where(part => part.Faults.Count > 0))
        {
            if (before.Parts.GetValueOrDefault(part.Id) is not { Faults.Count: > 0 })
            {
                RegistryLog.Disabled(log, "Part", part.Id, Words(part.Faults));
            }
        }

        foreach (var service in snapshot.Services.Services.Values.Where(service => service.Faults.Count > 0))
        {
            if (before.Services.Services.GetValueOrDefault(service.Name) is not { Faults.Count: > 0 })
            {
                RegistryLog.Disabled(log, "Service", service.Name, Words(service.Faults));
            }
        }
    }

    static string Words(IReadOnlyList<Fault> faults) => string.Join("; ", faults.Select(fault => $"{fault.Field}: {fault.Message}"));
}
