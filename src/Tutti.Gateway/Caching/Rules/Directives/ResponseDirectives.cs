using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Rules.Directives;

/// <summary>What a backend tells the cache (RFC 9111, 5.2.2; RFC 5861, 3; RFC 8246).</summary>
internal record struct ResponseDirectives
{
    public ResponseMarks Marks { get; private set; }

    public DeltaSeconds MaxAge { get; private set; }

    public DeltaSeconds SharedMaxAge { get; private set; }

    public DeltaSeconds StaleWhileRevalidate { get; private set; }

    public DeltaSeconds StaleIfError { get; private set; }

    /// <summary>The fields that a <c>no-cache</c> or <c>private</c> with names keeps out of the cache, in lists.</summary>
    public List<string>? KeptOut { get; private set; }

    /// <summary>Whether a stale response must not be used, whoever asks (RFC 9111, 4.2.4; s-maxage: 5.2.2.10).</summary>
    public readonly bool ForbidsStale =>
        (Marks & (ResponseMarks.MustRevalidate | ResponseMarks.ProxyRevalidate | ResponseMarks.NoCache)) != 0 || SharedMaxAge.IsPresent;

    /// <summary>Whether the backend says that all users may see it (RFC 9111, 3.5).</summary>
    public readonly bool AllowsAuthorized => IsShared || Has(ResponseMarks.MustRevalidate);

    public readonly bool IsShared => Has(ResponseMarks.Public) || SharedMaxAge.IsPresent;

    public static ResponseDirectives Of(HeaderFields fields, IReadOnlyList<string> targeted)
    {
        for (var i = 0; i < targeted.Count; i++)
        {
            if (TargetedDirectives.Of(fields, targeted[i]) is { } directives)
            {
                return directives;
            }
        }

        return OfCacheControl(fields);
    }

    public readonly bool Has(ResponseMarks mark) => (Marks & mark) != 0;

    public readonly bool KeepsOut(string name) => KeptOut is not null && KeptOut.Exists(names => CommaList.Contains(names, name));

    public void Mark(ResponseMarks marks) => Marks |= marks;

    public void Set(DirectiveName name, DeltaSeconds seconds)
    {
        switch (name)
        {
            case DirectiveName.MaxAge:
                MaxAge = MaxAge.And(seconds);
                break;
            case DirectiveName.SharedMaxAge:
                SharedMaxAge = SharedMaxAge.And(seconds);
                break;
            case DirectiveName.StaleWhileRevalidate:
                StaleWhileRevalidate = StaleWhileRevalidate.And(seconds);
                break;
            case DirectiveName.StaleIfError:
                StaleIfError = StaleIfError.And(seconds);
                break;
            default:
                break;
        }
    }

    /// <summary>A directive that is limited to some fields; without names it holds for all.</summary>
    public void Limit(ResponseMarks mark, string? names)
    {
        Marks |= names is null ? mark : ResponseMarks.None;
        if (names is not null)
        {
            (KeptOut ??= []).Add(names);
        }
    }

    /// <summary>The mark that a directive sets by being there.</summary>
    public static ResponseMarks MarkOf(DirectiveName name) => name switch
    {
        DirectiveName.Immutable => ResponseMarks.Immutable,
        DirectiveName.MustRevalidate => ResponseMarks.MustRevalidate,
        DirectiveName.MustUnderstand => ResponseMarks.MustUnderstand,
        DirectiveName.NoCache => ResponseMarks.NoCache,
        DirectiveName.NoStore => ResponseMarks.NoStore,
        DirectiveName.Private => ResponseMarks.Private,
        DirectiveName.ProxyRevalidate => ResponseMarks.ProxyRevalidate,
        DirectiveName.Public => ResponseMarks.Public,
        _ => ResponseMarks.None,
    };

    static ResponseDirectives OfCacheControl(HeaderFields fields)
    {
        var directives = default(ResponseDirectives);
        foreach (var line in fields.Values("Cache-Control"))
        {
            foreach (var directive in new DirectiveReader(line))
            {
                directives.Apply(directive);
            }
        }

        return directives;
    }

    void Apply(in Directive directive)
    {
        if (directive.Name is DirectiveName.NoCache or DirectiveName.Private)
        {
            Limit(MarkOf(directive.Name), directive.FieldNames);
            return;
        }

        Mark(MarkOf(directive.Name));
        Set(directive.Name, directive.Seconds);
    }
}
