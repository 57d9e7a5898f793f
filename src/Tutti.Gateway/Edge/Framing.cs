namespace Tutti.Gateway.Edge;

/// <summary>
/// Refuses requests whose end two readers could see in two places (RFC 9112, 6.1 and 11.2): the server reads them in one way, a backend
/// or a proxy before the gateway might read them in another.
/// </summary>
internal static class Framing
{
    /// <summary>Where the server puts a length that it ignores for the sake of chunks.</summary>
    const string IgnoredLength = "X-Content-Length";

    public static ApiError? Fault(HttpRequest request)
    {
        var coding = request.Headers.TransferEncoding;
        return coding.Count == 0 ? null
            : request.ContentLength is not null || request.Headers.ContainsKey(IgnoredLength) ? Refused("Content-Length and Transfer-Encoding exclude each other")
            : HttpProtocol.IsHttp10(request.Protocol) ? Refused("HTTP/1.0 knows no Transfer-Encoding")
            : coding is not [{ } only] || !only.Equals("chunked", StringComparison.OrdinalIgnoreCase) ? Refused("Transfer-Encoding must be chunked, once, and nothing else")
            : null;
    }

    static ApiError Refused(string message) => ApiError.BadRequest(message) with { EndsConnection = true };
}
