using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Marks;
using Tutti.Gateway.Caching.Store;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Caching;

/// <summary>The entries in memory, and what invalidations leave of them.</summary>
internal sealed class EntryShelf
{
    /// <summary>How long it is remembered that answers to a key are not shared.</summary>
    static readonly TimeSpan UnsharedFor = TimeSpan.FromSeconds(30);

    readonly MarkTable _marks;
    readonly TimeProvider _clock;
    readonly MemoryStore<CacheEntry> _store;

    public EntryShelf(CachingOptions options, MarkTable marks, TimeProvider clock)
    {
        _marks = marks;
        _clock = clock;
        _store = new MemoryStore<CacheEntry>(
            options.MaxBytes, (int)Math.Min(options.MaxEntryBytes, options.MaxBytes), Environment.ProcessorCount, static entry => entry.Part.Counters.WasEvicted(entry.Cost));
    }

    public long Bytes => _store.Bytes;

    public int Count => _store.Count;

    public long Evictions => _store.Evictions;

    public CacheEntry? Find(EntryIdentity identity)
    {
        var entry = _store.Find(ref identity);
        return entry is null || entry.IsDead(_clock.GetTimestamp()) ? null : entry;
    }

    /// <summary>What invalidations leave of an entry.</summary>
    public Validity ValidityOf(CacheEntry entry, PartModel part, ParamValues values)
    {
        var validity = _marks.Everything.Of(entry.Sequence).OrWorse(entry.Part.Marks.Of(entry.Sequence, part, values)).OrWorse(OfItself(entry));
        return entry.Has(EntryTraits.HasGroups) ? validity.OrWorse(OfGroups(entry)) : validity;
    }

    /// <summary>Stores an entry, unless something invalidated all that it could be meanwhile: readers judge the rest.</summary>
    public bool TryPut(CacheEntry entry)
    {
        if (_marks.Everything.Of(entry.Sequence) == Validity.Gone || entry.Part.Marks.Whole.Of(entry.Sequence) == Validity.Gone)
        {
            return false;
        }

        return Put(entry);
    }

    /// <summary>Notes that answers to a key are not for all, so that the next who ask do not wait for each other.</summary>
    public void NoteUnshared(in EntryOrigin origin) =>
        Put(EntryForm.Unshared(origin, origin.StoredAt + (long)(UnsharedFor.TotalSeconds * origin.TicksPerSecond)));

    bool Put(CacheEntry entry)
    {
        var identity = new EntryIdentity(entry.Part, entry.Key);
        var replaced = _store.Add(ref identity, entry, _clock.GetTimestamp());
        replaced?.Part.Counters.Took(-replaced.Cost);
        if (entry.Cost > _store.MaxEntryBytes)
        {
            return false;
        }

        entry.Part.Counters.Took(entry.Cost);
        return true;
    }

    Validity OfItself(CacheEntry entry)
    {
        var byKey = entry.Part.Marks.FindKey(entry.Key)?.Of(entry.Sequence) ?? Validity.Valid;
        return byKey.OrWorse(_marks.Uris.Find(entry.UriHash)?.Of(entry.Sequence) ?? Validity.Valid);
    }

    static Validity OfGroups(CacheEntry entry)
    {
        var validity = Validity.Valid;
        foreach (var name in Rules.Fields.CacheGroups.Of(entry.ReadHead()))
        {
            if (entry.Part.Origin.Find(name) is { } mark)
            {
                validity = validity.OrWorse(mark.Of(entry.Sequence));
            }
        }

        return validity;
    }
}
