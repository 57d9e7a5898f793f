using System.Collections.Frozen;

namespace Tutti.Gateway.Caching.Rules.Directives;

/// <summary>Finds a directive by the name it has on the wire.</summary>
internal static class DirectiveNames
{
    static readonly FrozenDictionary<string, DirectiveName>.AlternateLookup<ReadOnlySpan<char>> Known =
        new Dictionary<string, DirectiveName>(StringComparer.OrdinalIgnoreCase)
        {
            ["immutable"] = DirectiveName.Immutable,
            ["max-age"] = DirectiveName.MaxAge,
            ["max-stale"] = DirectiveName.MaxStale,
            ["min-fresh"] = DirectiveName.MinFresh,
            ["must-revalidate"] = DirectiveName.MustRevalidate,
            ["must-understand"] = DirectiveName.MustUnderstand,
            ["no-cache"] = DirectiveName.NoCache,
            ["no-store"] = DirectiveName.NoStore,
            ["only-if-cached"] = DirectiveName.OnlyIfCached,
            ["private"] = DirectiveName.Private,
            ["proxy-revalidate"] = DirectiveName.ProxyRevalidate,
            ["public"] = DirectiveName.Public,
            ["s-maxage"] = DirectiveName.SharedMaxAge,
            ["stale-if-error"] = DirectiveName.StaleIfError,
            ["stale-while-revalidate"] = DirectiveName.StaleWhileRevalidate,
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static DirectiveName Of(ReadOnlySpan<char> name) => Known.TryGetValue(name, out var directive) ? directive : DirectiveName.Unknown;
}
