using System.Collections.Frozen;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>
/// Tells the URIs that stored answers may have come from, by the templates of the parts that are cached: a change anywhere else is not
/// worth a mark, and no word to other nodes.
/// </summary>
internal sealed class CachedUris(PartRegistry registry)
{
    Index? _index;

    /// <summary>Whether a part is cached whose backend is at the origin of this URI.</summary>
    public bool HasOriginOf(Uri uri) => Current.Starts.ContainsKey(UriIdentity.OriginOf(uri));

    public bool MayHold(Uri uri)
    {
        if (!Current.Starts.TryGetValue(UriIdentity.OriginOf(uri), out var starts))
        {
            return false;
        }

        foreach (var start in starts)
        {
            if (uri.AbsolutePath.StartsWith(start, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Made anew when the registry has changed, by the first who asks.</summary>
    Index Current
    {
        get
        {
            var snapshot = registry.Current;
            return Volatile.Read(ref _index) is { } known && ReferenceEquals(known.Of, snapshot) ? known : _index = new Index(snapshot, StartsIn(snapshot));
        }
    }

    static FrozenDictionary<string, string[]> StartsIn(RegistrySnapshot snapshot) => snapshot.Parts.Values
        .Where(part => part.IsCached)
        .GroupBy(part => UriIdentity.OriginOf(part.Template!.Origin), StartOf, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

    /// <summary>A redirect may lead to any path, and what is escaped may be written in several ways.</summary>
    static string StartOf(PartModel part)
    {
        var start = part.FollowRedirects > 0 ? "/" : part.Template!.PathStart;
        var escape = start.IndexOf('%', StringComparison.Ordinal);
        return escape < 0 ? start : start[..escape];
    }

    sealed record Index(RegistrySnapshot Of, FrozenDictionary<string, string[]> Starts);
}
