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

    /// <summary>Begins to read a body into memory.</summary>
    public BodyPump Pump(HttpContent body, TimeSpan idle) => new(body, MostBytes, idle, late, clock);

    public void End(SharedFetch? fetch, FetchResult result)
    {
        if (fetch is not null)
        {
            fetches.End(fetch, result);
        }
    }
}
