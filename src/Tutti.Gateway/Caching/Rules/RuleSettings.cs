using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Caching.Rules;

/// <summary>Where the RFCs leave a choice: what this cache chooses.</summary>
internal sealed record RuleSettings
{
    /// <summary>For parts: nothing is guessed and no cookie is shared.</summary>
    public static RuleSettings Parts { get; } = new();

    /// <summary>For proxied services: a response without a lifetime gets a guessed one, and clients cannot empty the cache.</summary>
    public static RuleSettings Proxy { get; } = new()
    {
        HeuristicPercent = 10,
        SetCookies = SetCookieRule.WhenShared,
        HonoursRequests = false,
        CredentialFields = ["Authorization", "Cookie", "X-API-Token", "X-API-Authenticate"],
    };

    /// <summary>How much of the time since <c>Last-Modified</c> a response without a lifetime stays fresh (RFC 9111, 4.2.2); 0 guesses nothing.</summary>
    public uint HeuristicPercent { get; init; }

    /// <summary>The longest lifetime that is guessed, in seconds.</summary>
    public uint LongestHeuristic { get; init; } = 86_400;

    /// <summary>How long, in seconds from its coming, a response is fresh that neither states a lifetime nor can be validated; null guesses as above.</summary>
    public uint? Unstated { get; init; }

    /// <summary>
    /// Whether a <c>Date</c> makes a response older than its <c>Age</c> and its call do (RFC 9111, 4.2.3). It allows to leave that out; then
    /// clocks that differ do no harm.
    /// </summary>
    public bool AgesByDate { get; init; } = true;

    /// <summary>Whether a status that says nothing of caching may be stored and its lifetime guessed like that of a 200.</summary>
    public bool StoresAnyStatus { get; init; }

    public SetCookieRule SetCookies { get; init; } = SetCookieRule.Never;

    /// <summary>Whether the <c>Cache-Control</c> and <c>Pragma</c> of requests count (RFC 9111, 5.2.1).</summary>
    public bool HonoursRequests { get; init; } = true;

    /// <summary>
    /// Whether a 304 without a validator is taken to mean the one response that was asked about; the RFC trusts it only where that one has none either (4.3.4).
    /// </summary>
    public bool TrustsBareNotModified { get; init; }

    /// <summary>The request fields that tell users apart, as <c>Authorization</c> does (RFC 9111, 3.5).</summary>
    public IReadOnlyList<string> CredentialFields { get; init; } = ["Authorization"];

    /// <summary>The fields that take the place of <c>Cache-Control</c>, the first first (RFC 9213).</summary>
    public IReadOnlyList<string> TargetedFields { get; init; } = ["Tutti-Cache-Control", "CDN-Cache-Control"];
}
