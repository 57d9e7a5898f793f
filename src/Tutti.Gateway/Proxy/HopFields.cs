using Microsoft.Extensions.Primitives;

namespace Tutti.Gateway.Proxy;

/// <summary>Removes the fields that <c>Connection</c> names: they are meant for the next hop alone (RFC 9110, 7.6.1). The usual ones the forwarder knows.</summary>
internal static class HopFields
{
    public static void Remove(StringValues connection, HttpRequestMessage request)
    {
        if (connection.Count == 0 || connection is ["keep-alive"] or ["close"] or ["Upgrade"])
        {
            return;
        }

        foreach (var name in NamesIn(connection))
        {
            // A field's own collection is asked alone: the other one throws at its name.
            if (request.Headers.NonValidated.Contains(name))
            {
                request.Headers.Remove(name);
            }
            else if (request.Content?.Headers.NonValidated.Contains(name) is true)
            {
                request.Content.Headers.Remove(name);
            }
        }
    }

    public static void Remove(HttpResponseMessage response, IHeaderDictionary headers)
    {
        if (!response.Headers.NonValidated.TryGetValues("Connection", out var connection))
        {
            return;
        }

        foreach (var name in NamesIn(new StringValues([.. connection])))
        {
            headers.Remove(name);
        }
    }

    static IEnumerable<string> NamesIn(StringValues connection) => connection
        .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .Where(name => name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal)))
        .Where(name => !IsFraming(name));

    /// <summary>What carries the message itself is nobody's option; an upgrade has its own way.</summary>
    static bool IsFraming(string name) => name.ToLowerInvariant() is "connection" or "upgrade" or "content-length" or "transfer-encoding" or "host" or "close" or "keep-alive";
}
