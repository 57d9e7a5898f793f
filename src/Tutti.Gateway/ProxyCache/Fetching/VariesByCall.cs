using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.ProxyCache.Fetching;

/// <summary>Tells an answer that depends on what the gateway itself writes into each request: no later request is sure to have the same.</summary>
internal static class VariesByCall
{
    static readonly string[] Own = ["forwarded", "x-forwarded-for", "via"];

    public static bool IsTrueOf(string? vary)
    {
        foreach (var name in new CommaList(vary))
        {
            if (Own.Contains(name.ToString(), StringComparer.OrdinalIgnoreCase) || TraceContext.IsHeader(name.ToString()))
            {
                return true;
            }
        }

        return false;
    }
}
