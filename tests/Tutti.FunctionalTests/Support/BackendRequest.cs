using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tutti.FunctionalTests.Support;

/// <summary>A request as a backend received it.</summary>
/// <param name="Target">Path and query as they stood in the request line.</param>
internal sealed record BackendRequest(string Method, string Target, Dictionary<string, string[]> Headers, string Body)
{
    public static async Task<BackendRequest> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return new BackendRequest(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToArray()!, StringComparer.OrdinalIgnoreCase)!,
            await reader.ReadToEndAsync());
    }

    /// <summary>All values of a header; null if it is absent.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? string.Join(", ", values) : null;
}
