namespace Tutti.Gateway.ProxyCache.Keys;

/// <summary>By what a target is known to invalidations, on all nodes alike (FNV-1a). Targets that share one are invalidated together.</summary>
internal static class TargetHash
{
    const uint Start = 2_166_136_261;
    const uint Factor = 16_777_619;

    /// <param name="target">Path and query in their normal form.</param>
    public static uint Of(string target)
    {
        // What parts are invalidated by begins with a scheme, and this does not.
        var hash = Start;
        foreach (var c in target)
        {
            hash = (hash ^ c) * Factor;
        }

        return hash;
    }
}
