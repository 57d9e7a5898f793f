using System.Collections.Frozen;

namespace Tutti.Gateway.Caching.Rules.Storing;

/// <summary>What a status says about caching.</summary>
internal static class Statuses
{
    static readonly FrozenSet<int> Heuristic = [200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501];

    /// <summary>Registered statuses whose caching has no requirements beyond RFC 9111.</summary>
    static readonly FrozenSet<int> Understood =
    [
        200, 201, 202, 203, 204, 205, 207, 208, 300, 301, 302, 303, 305, 307, 308,
        400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 413, 414, 415, 417, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451,
        500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511,
    ];

    /// <summary>What answers a range, a delta, a condition or a proxy's question, and so is no answer to the URI.</summary>
    static readonly FrozenSet<int> OfOneRequest = [206, 226, 304, 407, 412, 416];

    public static bool IsFinal(int status) => status is >= 200 and <= 599;

    /// <summary>Whether a response may be stored, and its lifetime guessed, without being told (RFC 9110, 15.1).</summary>
    public static bool IsHeuristicallyCacheable(int status) => Heuristic.Contains(status);

    public static bool IsUnderstood(int status) => Understood.Contains(status);

    public static bool IsWhole(int status) => IsFinal(status) && !OfOneRequest.Contains(status);

    /// <summary>The failures that <c>stale-if-error</c> covers (RFC 5861, 4).</summary>
    public static bool IsServerError(int status) => status is 500 or 502 or 503 or 504;
}
