using Tutti.Contracts.Aggregation;

namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>The fields of a request's meta that fill params, and so tell answers apart.</summary>
internal sealed record KeyOrderMeta
{
    public string? ServiceId { get; init; }

    public string? UserId { get; init; }

    public string? SessionId { get; init; }

    public string? RequestUrl { get; init; }

    public string? UserAgent { get; init; }

    public RequestMeta ToMeta() => new("", ServiceId, UserId, SessionId, RequestUrl, UserAgent);
}
