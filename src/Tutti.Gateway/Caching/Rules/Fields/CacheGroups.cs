using Tutti.Gateway.Caching.Rules.Structured;

namespace Tutti.Gateway.Caching.Rules.Fields;

/// <summary>Reads the cache groups that a backend names (RFC 9875). A group holds for one origin only: the caller adds it to the name.</summary>
internal static class CacheGroups
{
    /// <summary>How many groups of a response count; 32 is the least that the RFC asks for.</summary>
    public const int MostGroups = 64;

    /// <summary>How long a group's name may be; 32 is the least that the RFC asks for.</summary>
    public const int LongestName = 256;

    /// <summary>The groups that the response belongs to.</summary>
    public static IReadOnlyList<string> Of(HeaderFields response) => Named(response, "Cache-Groups");

    /// <summary>The strings of that list, each once; none where the field is no list of strings.</summary>
    public static IReadOnlyList<string> Named(HeaderFields response, string field)
    {
        if (StructuredFields.List(response, field) is not { Count: > 0 } members || !members.TrueForAll(IsString))
        {
            return [];
        }

        return [.. members.Select(member => member.Item.Value.Text).Where(name => name.Length <= LongestName).Distinct(StringComparer.Ordinal).Take(MostGroups)];
    }

    static bool IsString(StructuredMember member) => member.IsItem && member.Item.Value.Kind == BareKind.String;
}
