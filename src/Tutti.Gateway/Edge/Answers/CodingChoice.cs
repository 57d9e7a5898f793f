using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Tutti.Gateway.Edge.Answers;

/// <summary>Chooses a content coding by what a client says of them (RFC 9110, 12.5.3).</summary>
internal static class CodingChoice
{
    const string Identity = "identity";
    const double Least = 0.0001;

    /// <param name="offered">In the order in which the gateway likes them.</param>
    /// <returns>The place of the one that the client likes best; -1 for none.</returns>
    public static int Among(IReadOnlyList<string> offered, StringValues accepted)
    {
        if (!StringWithQualityHeaderValue.TryParseList(accepted, out var wishes))
        {
            return -1;
        }

        // Where nothing is said of it, the answer as it is stands behind every coding that is asked for.
        var (best, quality) = (-1, Wish(wishes, Identity) ?? 0);
        for (var i = 0; i < offered.Count; i++)
        {
            var wish = Wish(wishes, offered[i]) ?? Wish(wishes, "*") ?? 0;
            if (wish >= Least && (wish > quality || (best < 0 && wish >= quality)))
            {
                (best, quality) = (i, wish);
            }
        }

        return best;
    }

    static double? Wish(IList<StringWithQualityHeaderValue> wishes, string coding)
    {
        foreach (var wish in wishes)
        {
            if (wish.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            {
                return wish.Quality ?? 1;
            }
        }

        return null;
    }
}
