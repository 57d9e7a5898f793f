using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Tutti.Gateway.Telemetry;

/// <summary>
/// Marks what this node sends, as RFC 8586 does with <c>CDN-Loop</c>, so that a part that leads back to a gateway ends there. Each gateway adds
/// a token of its own.
/// </summary>
internal static class LoopMark
{
    /// <summary>How many gateways may stand behind each other.</summary>
    const int MaxGateways = 4;

    const string Field = "CDN-Loop";
    const string Prefix = "tutti-";
    const int MaxLength = 1_024;

    static readonly string Own = $"{Prefix}{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    public static bool IsHeader(string name) => name.Equals(Field, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a request comes from this node already, or through more gateways than anybody means.</summary>
    public static bool IsLoop(IHeaderDictionary headers)
    {
        var mark = headers[Field];
        if (mark.Count == 0)
        {
            return false;
        }

        var tokens = mark.ToString().Split(',', StringSplitOptions.TrimEntries);
        return tokens.Contains(Own, StringComparer.Ordinal) || tokens.Count(token => token.StartsWith(Prefix, StringComparison.Ordinal)) >= MaxGateways;
    }

    /// <summary>The mark for what is sent on behalf of a request.</summary>
    public static string After(IHeaderDictionary headers)
    {
        var mark = headers[Field];
        return mark.Count > 0 && mark.ToString() is { Length: <= MaxLength } text && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? $"{text}, {Own}" : Own;
    }

    /// <summary>Marks a request that is passed on with its own fields.</summary>
    public static void Set(HttpRequestHeaders headers, IHeaderDictionary from)
    {
        headers.Remove(Field);
        AddTo(headers, After(from));
    }

    public static void AddTo(HttpRequestHeaders headers, string mark) => headers.TryAddWithoutValidation(Field, mark);
}
