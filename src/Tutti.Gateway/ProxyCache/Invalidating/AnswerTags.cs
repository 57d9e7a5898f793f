using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.ProxyCache.Invalidating;

/// <summary>The names under which a service lets an answer be invalidated: <c>Cache-Groups</c> (RFC 9875), <c>Surrogate-Key</c>, <c>xkey</c>.</summary>
internal static class AnswerTags
{
    static readonly string[] Spaced = ["Surrogate-Key", "xkey"];

    public static string[] Of(HeaderFields answer)
    {
        if (!answer.Has("Cache-Groups") && !Array.Exists(Spaced, answer.Has))
        {
            return [];
        }

        return [.. CacheGroups.Of(answer).Concat(Spaced.SelectMany(name => In(answer.Joined(name)))).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The names in a field that separates them by blanks or commas.</summary>
    public static string[] In(string? field) => field?.Split((char[])[' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries) ?? [];
}
