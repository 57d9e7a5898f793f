using Tutti.Gateway.Caching.Store;

namespace Tutti.Gateway.Tests.Caching.Store;

/// <summary>The rules of one shard in the plainest form: a dictionary, a list from old to new, two places in it.</summary>
internal sealed class StoreModel(long maxBytes, int maxEntryBytes)
{
    readonly Dictionary<int, Page> _pages = [];
    readonly List<Page> _order = [];
    readonly HashSet<Page> _visited = [];
    Page? _hand;
    Page? _sweep;

    /// <summary>In the order in which they were told.</summary>
    public List<Page> Evicted { get; } = [];

    public int Count => _pages.Count;

    public long Bytes => _pages.Values.Sum(page => (long)page.Bytes + StoredEntry.StoreBytes);

    public Page? Find(int number)
    {
        var page = _pages.GetValueOrDefault(number);
        if (page is not null)
        {
            _visited.Add(page);
        }

        return page;
    }

    public Page? Add(Page page, long now)
    {
        var old = Remove(page.Number);
        var cost = page.Bytes + StoredEntry.StoreBytes;
        if (cost > maxEntryBytes)
        {
            return old;
        }

        var evicted = new List<Page>();
        while (Bytes + cost > maxBytes)
        {
            var victim = Choose(now);
            Remove(victim.Number);
            evicted.Insert(0, victim);
        }

        Evicted.AddRange(evicted);
        _pages.Add(page.Number, page);
        _order.Add(page);
        if (old is not null && _visited.Contains(old))
        {
            _visited.Add(page);
        }

        return old;
    }

    public Page? Remove(int number)
    {
        if (!_pages.Remove(number, out var page))
        {
            return null;
        }

        _hand = _hand == page ? After(page) : _hand;
        _sweep = _sweep == page ? After(page) : _sweep;
        _order.Remove(page);
        return page;
    }

    public int Clear()
    {
        var count = _pages.Count;
        _pages.Clear();
        _order.Clear();
        (_hand, _sweep) = (null, null);
        return count;
    }

    Page Choose(long now)
    {
        for (var looks = 0; looks < EvictionQueue.Swept; looks++)
        {
            var page = _sweep ?? _order[0];
            _sweep = After(page);
            if (page.IsDeadAt(now))
            {
                return page;
            }
        }

        while (true)
        {
            var page = _hand ?? _order[0];
            _hand = After(page);
            if (page.IsDeadAt(now) || !_visited.Remove(page))
            {
                return page;
            }
        }
    }

    Page? After(Page page) => _order.ElementAtOrDefault(_order.IndexOf(page) + 1);
}
