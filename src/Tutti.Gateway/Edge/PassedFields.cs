using System.Buffers;
using System.Collections.Frozen;

namespace Tutti.Gateway.Edge;

/// <summary>Looks at what a request would carry to a service: no reader there may take a piece of it for something else.</summary>
internal static class PassedFields
{
    /// <summary>What neither a field value (RFC 9110, 5.5) nor a target (RFC 9112, 3.2) may hold; the server lets it through.</summary>
    static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(c => c != '\t').Select(c => (char)c), '\u007f']);

    static readonly SearchValues<char> NotInTargets = SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(c => (char)c), '\u007f', '#']);

    /// <summary>
    /// Gateways of old (CGI, WSGI) read <c>_</c> in a name as <c>-</c>: behind them these would stand for fields that the gateway itself
    /// reads or writes.
    /// </summary>
    static readonly FrozenSet<string> Impostors = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Content_Length", "Content_Type", "Transfer_Encoding", "X_Forwarded_For", "X_Forwarded_Proto", "X_Forwarded_Host",
        "X_Forwarded_Port", "X_Forwarded_Prefix", "X_Real_IP", "X_API_Token", "X_API_Authenticate", "X_Metadata");

    public static ApiError? Fault(HttpRequest request, string target)
    {
        if (target.AsSpan().ContainsAny(NotInTargets))
        {
            return Refused("The target holds a character that no URI has");
        }

        foreach (var (name, values) in request.Headers)
        {
            if (name.Contains('_', StringComparison.Ordinal) && Impostors.Contains(name.Replace('-', '_')))
            {
                return Refused($"The header {name} would be read as {name.Replace('_', '-')}");
            }

            foreach (var value in values)
            {
                if (value.AsSpan().ContainsAny(Controls))
                {
                    return Refused($"The header {name} holds a control character");
                }
            }
        }

        return null;
    }

    static ApiError Refused(string message) => ApiError.BadRequest(message) with { EndsConnection = true };
}
