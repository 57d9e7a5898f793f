using Tutti.Gateway.Caching.Cluster.Invalidations;

namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>
/// Tells whoever invalidated how many nodes were reached and how many have confirmed, or that the others are told later. A header, since
/// the body is Octoparts' own.
/// </summary>
internal static class NodesHeader
{
    const string Name = "Tutti-Nodes";

    /// <summary>Tells what is true of all of them; nothing on a node that is alone.</summary>
    public static void Write(HttpResponse response, params ReadOnlySpan<InvalidationResult> results)
    {
        InvalidationResult? worst = null;
        foreach (var result in results)
        {
            worst = worst is { } other && Missing(other) >= Missing(result) ? other : result;
        }

        if (worst is { } told && told != InvalidationResult.Alone)
        {
            response.Headers[Name] = told.IsQueued ? "queued" : $"reached={told.Reached}, confirmed={told.Confirmed}";
        }
    }

    static int Missing(InvalidationResult result) => result.IsQueued ? int.MaxValue : result.Reached - result.Confirmed;
}
