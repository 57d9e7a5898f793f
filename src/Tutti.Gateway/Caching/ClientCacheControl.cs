using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching;

/// <summary>Reads what a client says of caching: <c>no-cache</c>, in any company, wants what the backend says now.</summary>
internal static class ClientCacheControl
{
    public static bool WantsNew(HttpRequest request, CachingOptions options)
    {
        if (!options.ClientNoCache || request.Headers.CacheControl is not { Count: > 0 } lines)
        {
            return false;
        }

        foreach (var line in lines)
        {
            if (CommaList.Contains(line, "no-cache"))
            {
                return true;
            }
        }

        return false;
    }
}
