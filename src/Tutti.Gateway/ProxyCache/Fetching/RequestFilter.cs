using System.Collections.Frozen;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.ProxyCache.Fetching;

/// <summary>Takes from a request what would force the service to answer anew, and what would change the answer for all without being in the key.</summary>
internal static class RequestFilter
{
    static readonly FrozenSet<string> Forcing =
        new[] { "no-cache", "no-store", "must-revalidate", "max-age" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>By these a client would say another path, method or host than those that the answer is stored under.</summary>
    static readonly string[] Overriding =
    [
        "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Host", "X-Forwarded-Server",
        "X-Forwarded-Scheme", "X-Forwarded-SSL", "X-Forwarded-Path", "X-Forwarded-Uri",
    ];

    /// <summary>Removes what forces, and leaves the rest of <c>Cache-Control</c> as it is.</summary>
    public static void Calm(HttpRequestMessage request)
    {
        var headers = request.Headers;
        headers.Remove("Pragma");
        if (!headers.NonValidated.TryGetValues("Cache-Control", out var lines))
        {
            return;
        }

        string[] kept = [.. lines.SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Where(IsCalm)];
        headers.Remove("Cache-Control");
        if (kept.Length > 0)
        {
            headers.TryAddWithoutValidation("Cache-Control", string.Join(", ", kept));
        }
    }

    public static void RemoveOverrides(HttpRequestMessage request)
    {
        foreach (var name in Overriding)
        {
            request.Headers.Remove(name);
        }
    }

    public static void RemoveConditions(HttpRequestMessage request)
    {
        foreach (var name in ValidationRules.ClientConditions)
        {
            request.Headers.Remove(name);
        }
    }

    static bool IsCalm(string directive)
    {
        var end = directive.IndexOf('=', StringComparison.Ordinal);
        return !Forcing.Contains(FieldText.Trim(end < 0 ? directive : directive.AsSpan(0, end)).ToString());
    }
}
