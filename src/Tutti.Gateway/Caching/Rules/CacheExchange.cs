using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Rules;

/// <summary>A request that was sent to a backend, and the response that came.</summary>
internal readonly record struct CacheExchange
{
    public required string Method { get; init; }

    public required HeaderFields Request { get; init; }

    /// <summary>The URI that the response came from; null where nobody asks for it.</summary>
    public Uri? Target { get; init; }

    public required int Status { get; init; }

    public required HeaderFields Response { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Whether the body is missing its end.</summary>
    public bool IsIncomplete { get; init; }
}
