using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Variants;

namespace Tutti.Gateway.Caching.Rules;

/// <summary>Tells the variants of a response apart by the request fields that its <c>Vary</c> names (RFC 9111, 4.1).</summary>
internal static class VaryRules
{
    /// <summary>How many fields a response may vary by: one that varies by more is hardly ever used again, and each costs every request time.</summary>
    const int MostNames = 32;

    /// <summary>The names in lower case, each once, in order, with commas between them.</summary>
    public static VaryNames Names(HeaderFields response)
    {
        SortedSet<string>? names = null;
        foreach (var line in response.Values("Vary"))
        {
            foreach (var name in new CommaList(line))
            {
                // A name that is none cannot be compared: nobody can say that it matches.
                if (name is "*" || !FieldText.IsToken(name) || names?.Count > MostNames)
                {
                    return VaryNames.Everything;
                }

                (names ??= new SortedSet<string>(StringComparer.Ordinal)).Add(name.ToString().ToLowerInvariant());
            }
        }

        return names?.Count > MostNames ? VaryNames.Everything : new VaryNames(names is null ? null : string.Join(',', names), IsEverything: false);
    }

    /// <summary>What the request says in those fields, normalised: equal where the RFC lets them match, so that it can be a key.</summary>
    public static string? Variant(string? vary, HeaderFields request)
    {
        if (vary is null)
        {
            return null;
        }

        var text = new VariantText();
        SelectingFields.Write(vary, request, ref text);
        return text.ToString();
    }

    public static bool Matches(in StoredPolicy stored, HeaderFields request)
    {
        if (stored.Vary is null)
        {
            return true;
        }

        var match = new VariantMatch(stored.Variant);
        SelectingFields.Write(stored.Vary, request, ref match);
        return match.IsWhole;
    }
}
