using Tutti.Gateway.Caching;
using Tutti.Gateway.ProxyCache.Entries;

namespace Tutti.Gateway.ProxyCache.Fetching;

/// <summary>Where fetches end: in the store, and with those who wait.</summary>
internal sealed class FetchEnds(ProxyShelf shelf, SharedFetches fetches, LateCalls late, TimeProvider clock)
{
    public ProxyShelf Shelf => shelf;

    public TimeProvider Clock => clock;

    /// <summary>The largest body that is stored: an entry holds its header as well.</summary>
    public int MostBytes => shelf.MaxEntryBytes / 2;

    /// <summary>Whether a body is read to its end though its client is gone, to be stored.</summary>
    public bool MayRunOn()
    {
        if (!late.TryAdopt(1))
        {
            return false;
        }

        // It is bounded by its size and by the silence of the service; the count keeps shutdown from waiting long.
        late.Ended();
        return true;
    }

    public void End(SharedFetch? fetch, FetchResult result)
    {
        if (fetch is not null)
        {
            fetches.End(fetch, result);
        }
    }
}
