using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Rules;

/// <summary>Finds what a request that changes something makes invalid (RFC 9111, 4.4).</summary>
internal static class InvalidationRules
{
    public static bool IsSafe(string method) => method is "GET" or "HEAD" or "OPTIONS" or "TRACE";

    /// <summary>The URIs whose stored responses are no longer used: the target's, and those of the same origin that the answer names.</summary>
    public static IReadOnlyList<Uri> Judge(string method, Uri target, int status, HeaderFields response)
    {
        if (IsSafe(method) || status is < 200 or > 399)
        {
            return [];
        }

        var uris = new List<Uri> { target };
        AddNamed(uris, target, response.First("Location"));
        AddNamed(uris, target, response.First("Content-Location"));
        return uris;
    }

    /// <summary>The groups whose stored responses, of the same origin, are no longer used (RFC 9875, 3).</summary>
    public static IReadOnlyList<string> Groups(string method, int status, HeaderFields response) =>
        IsSafe(method) || status is < 200 or > 399 ? [] : CacheGroups.Named(response, "Cache-Group-Invalidation");

    static void AddNamed(List<Uri> uris, Uri target, string? reference)
    {
        if (reference is not null && Uri.TryCreate(target, reference, out var named) && HasOriginOf(target, named) && !uris.Contains(named))
        {
            uris.Add(named);
        }
    }

    static bool HasOriginOf(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase) && one.Port == other.Port;
}
