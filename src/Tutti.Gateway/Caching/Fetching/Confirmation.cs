using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Caching.Fetching;

/// <summary>Asks a backend to confirm a stored answer, and tells whether it did.</summary>
internal static class Confirmation
{
    /// <summary>The call with the validators of the stored answer (RFC 9111, 4.3.1).</summary>
    /// <returns>Null where there is nothing to ask by, or the part has conditions of its own, to which a 304 would be the answer.</returns>
    public static PartCall? Ask(PartCall call, CacheEntry stored)
    {
        if (!stored.Has(EntryTraits.HasValidator) || Array.Exists(call.Headers, IsCondition))
        {
            return null;
        }

        var head = stored.ReadHead();
        var headers = new List<CallHeader>(call.Headers);
        if (head.First("ETag") is { } tag)
        {
            headers.Add(new CallHeader("If-None-Match", tag));
        }

        if (head.First("Last-Modified") is { } modified)
        {
            headers.Add(new CallHeader("If-Modified-Since", modified));
        }

        return call with { Headers = [.. headers] };
    }

    /// <summary>Whether a 304 means the stored answer that it was asked about (RFC 9111, 4.3.4).</summary>
    public static bool Names(CacheEntry stored, in CacheExchange notModified, RuleSettings rules) =>
        Freshening.Select([stored.ReadPolicy(stored.ReadHead(), notModified.ReceivedAt)], notModified, rules, stackalloc bool[1]) == 1;

    static bool IsCondition(CallHeader header) => ValidationRules.ClientConditions.Contains(header.Name, StringComparer.OrdinalIgnoreCase);
}
