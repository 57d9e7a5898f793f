namespace Tutti.Contracts.Aggregation;

/// <summary>What an aggregate request says about itself; every field but <paramref name="Id"/> can feed a param named <c>meta.{field}</c>.</summary>
/// <param name="Id">The caller's id of the request, echoed in the answer and sent to every backend as <c>X-OCTOPARTS-PARENT-REQUEST-ID</c>.</param>
/// <param name="ServiceId">The calling application; <c>meta.serviceId</c>.</param>
/// <param name="UserId">The user it asks for; <c>meta.userId</c>.</param>
/// <param name="SessionId">The user's session; <c>meta.sessionId</c>.</param>
/// <param name="RequestUrl">The page that is being made; <c>meta.requestUrl</c>.</param>
/// <param name="UserAgent">The user's browser; <c>meta.userAgent</c>.</param>
/// <param name="Timeout">
/// The longest that the caller waits, in milliseconds, 0 or more; the gateway's own maximum (5,000 by default) applies if it is smaller
/// or if this is absent.
/// </param>
public sealed record RequestMeta(
    string Id,
    string? ServiceId = null,
    string? UserId = null,
    string? SessionId = null,
    string? RequestUrl = null,
    string? UserAgent = null,
    int? Timeout = null);
