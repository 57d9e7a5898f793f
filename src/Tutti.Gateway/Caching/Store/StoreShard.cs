namespace Tutti.Gateway.Caching.Store;

/// <summary>A part of the memory store with a bound of its own. Its changes come one at a time; looking up takes no lock.</summary>
internal sealed class StoreShard<TEntry>(long maxBytes)
    where TEntry : StoredEntry
{
    readonly Lock _change = new();
    BucketTable<TEntry> _table = new();
    EvictionQueue _queue = new();
    int _count;
    long _bytes;
    long _evictions;

    public int Count => Volatile.Read(ref _count);

    public long Bytes => Volatile.Read(ref _bytes);

    public long Evictions => Volatile.Read(ref _evictions);

    /// <summary>Finds an entry, and spares it the next eviction.</summary>
    public TEntry? Find<TKey>(scoped ref TKey key)
        where TKey : struct, IEntryKey<TEntry>, allows ref struct
    {
        var table = Volatile.Read(ref _table);
        var shape = table.Shape;
        var entry = table.Find(ref key, shape) ?? (table.IsStill(shape) ? null : FindAlone(ref key));
        entry?.MarkVisited();
        return entry;
    }

    /// <summary>Takes an entry in, in the place of its equal, and evicts what it needs room for.</summary>
    /// <param name="evicted">The last one evicted; it leads to the others.</param>
    /// <returns>The equal entry that was there.</returns>
    public TEntry? Add<TKey>(scoped ref TKey key, TEntry entry, long now, out StoredEntry? evicted)
        where TKey : struct, IEntryKey<TEntry>, allows ref struct
    {
        lock (_change)
        {
            entry.MarkAdded();
            var old = _table.Find(ref key, _table.Shape);
            if (old is not null)
            {
                Leave(old);
            }

            evicted = MakeRoom(entry.Cost, now);
            Place(entry, old);
            return old;
        }
    }

    public TEntry? Remove<TKey>(scoped ref TKey key)
        where TKey : struct, IEntryKey<TEntry>, allows ref struct
    {
        lock (_change)
        {
            var entry = _table.Find(ref key, _table.Shape);
            return entry is not null && TryTakeOut(entry) ? entry : null;
        }
    }

    /// <returns>Whether it was there.</returns>
    public bool Remove(TEntry entry)
    {
        lock (_change)
        {
            return TryTakeOut(entry);
        }
    }

    /// <summary>Gives everything up at once.</summary>
    /// <param name="count">How many entries there were.</param>
    /// <returns>The oldest one; it leads to the others.</returns>
    public StoredEntry? Clear(out int count)
    {
        lock (_change)
        {
            var oldest = _queue.Oldest;
            count = _count;
            Volatile.Write(ref _table, new BucketTable<TEntry>());
            _queue = new EvictionQueue();
            _count = 0;
            _bytes = 0;
            return oldest;
        }
    }

    /// <summary>Looks again where a look-up met a bucket that was being split.</summary>
    TEntry? FindAlone<TKey>(scoped ref TKey key)
        where TKey : struct, IEntryKey<TEntry>, allows ref struct
    {
        lock (_change)
        {
            return _table.Find(ref key, _table.Shape);
        }
    }

    StoredEntry? MakeRoom(int cost, long now)
    {
        StoredEntry? evicted = null;
        var spares = EvictionQueue.MostSpared;
        while (_bytes + cost > maxBytes)
        {
            var victim = _queue.Choose(now, ref spares);
            TryTakeOut(victim);
            _evictions++;
            victim.Newer = evicted;
            evicted = victim;
        }

        return evicted;
    }

    void Place(TEntry entry, TEntry? old)
    {
        if (old is null)
        {
            _table.Insert(entry);
        }
        else
        {
            KeepVisit(old, entry);
            _table.Replace(old, entry);
        }

        _queue.Add(entry);
        _bytes += entry.Cost;
        _count++;
        _table.GrowTo(_count);
    }

    bool TryTakeOut(StoredEntry entry)
    {
        if (!_table.Remove(entry))
        {
            return false;
        }

        Leave(entry);
        return true;
    }

    void Leave(StoredEntry entry)
    {
        _queue.Remove(entry);
        _bytes -= entry.Cost;
        _count--;
    }

    /// <summary>What is often asked for stays so when it is fetched anew.</summary>
    static void KeepVisit(TEntry old, TEntry entry)
    {
        if (old.IsVisited)
        {
            entry.MarkVisited();
        }
    }
}
