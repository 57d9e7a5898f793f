using Tutti.Gateway.Caching.Store;

namespace Tutti.Gateway.Tests.Caching.Store;

/// <summary>The store by numbers instead of keys.</summary>
internal static class PageStore
{
    /// <summary>A store of one shard, so that what is evicted can be foretold.</summary>
    public static MemoryStore<Page> Of(int pages, Action<Page>? onEvicted = null) =>
        new(pages * (long)StoredEntry.StoreBytes, StoredEntry.StoreBytes * pages, writers: 1, onEvicted);

    public static Page? Find(this MemoryStore<Page> store, int number)
    {
        var key = new PageKey(number);
        return store.Find(ref key);
    }

    public static Page? Add(this MemoryStore<Page> store, Page page, long now = 0)
    {
        var key = new PageKey(page.Number);
        return store.Add(ref key, page, now);
    }

    public static Page? Remove(this MemoryStore<Page> store, int number)
    {
        var key = new PageKey(number);
        return store.Remove(ref key);
    }

    /// <summary>Adds pages with the numbers of a range.</summary>
    public static void AddRange(this MemoryStore<Page> store, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            store.Add(new Page(i));
        }
    }

    public static int[] Numbers(this MemoryStore<Page> store, int below) => [.. Enumerable.Range(0, below).Where(i => store.Find(i) is not null)];
}
