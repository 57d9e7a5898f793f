using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Structured;

namespace Tutti.Gateway.Caching.Rules.Directives;

/// <summary>Reads the directives of a targeted field (RFC 9213, 2.1), which is a dictionary and is ignored where it is empty or wrong.</summary>
internal static class TargetedDirectives
{
    public static ResponseDirectives? Of(HeaderFields fields, string name)
    {
        if (StructuredFields.Dictionary(fields, name) is not { Count: > 0 } members)
        {
            return null;
        }

        var directives = default(ResponseDirectives);
        directives.Mark(ResponseMarks.Targeted);
        foreach (var (key, member) in members)
        {
            if (!TryApply(ref directives, DirectiveNames.Of(key), member))
            {
                return null;
            }
        }

        return directives;
    }

    /// <summary>What is no directive of responses is ignored; a value of the wrong type makes the field wrong: other caches would read it in other ways.</summary>
    static bool TryApply(ref ResponseDirectives directives, DirectiveName name, in StructuredMember member)
    {
        if (name is DirectiveName.Unknown or DirectiveName.MaxStale or DirectiveName.MinFresh or DirectiveName.OnlyIfCached)
        {
            return true;
        }

        if (!member.IsItem)
        {
            return false;
        }

        var value = member.Item.Value;
        switch (value.Kind)
        {
            case BareKind.Boolean when ResponseDirectives.MarkOf(name) is not ResponseMarks.None and var mark:
                directives.Mark(value.IsTrue ? mark : ResponseMarks.None);
                return true;
            case BareKind.Integer when ResponseDirectives.MarkOf(name) == ResponseMarks.None:
                directives.Set(name, DeltaSeconds.Of(value.Number));
                return true;
            case BareKind.String when name is DirectiveName.NoCache or DirectiveName.Private:
                directives.Limit(ResponseDirectives.MarkOf(name), CommaList.IsOfTokens(value.Text) ? value.Text : null);
                return true;
            default:
                return false;
        }
    }
}
