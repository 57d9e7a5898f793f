using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Rules.Directives;

/// <summary>What a client asks of the cache (RFC 9111, 5.2.1 and 5.4; RFC 5861, 4).</summary>
internal record struct RequestDirectives
{
    public bool NoCache { get; private set; }

    public bool NoStore { get; private set; }

    public bool OnlyIfCached { get; private set; }

    public DeltaSeconds MaxAge { get; private set; }

    public DeltaSeconds MinFresh { get; private set; }

    /// <summary>How stale a response may be; without a number as stale as it likes.</summary>
    public DeltaSeconds MaxStale { get; private set; }

    public DeltaSeconds StaleIfError { get; private set; }

    public static RequestDirectives Of(HeaderFields fields)
    {
        var directives = default(RequestDirectives);
        foreach (var line in fields.Values("Cache-Control"))
        {
            foreach (var directive in new DirectiveReader(line))
            {
                directives.Apply(directive);
            }
        }

        directives.NoCache |= !fields.Has("Cache-Control") && HasPragma(fields);
        return directives;
    }

    /// <summary>What is left where clients cannot have a stored response fetched anew: how stale it may be, how fresh it must be, and that nothing is fetched.</summary>
    public readonly RequestDirectives Filtered() => this with { NoCache = false, NoStore = false, MaxAge = default };

    static bool HasPragma(HeaderFields fields)
    {
        foreach (var line in fields.Values("Pragma"))
        {
            foreach (var directive in new DirectiveReader(line))
            {
                if (directive.Name == DirectiveName.NoCache)
                {
                    return true;
                }
            }
        }

        return false;
    }

    void Apply(in Directive directive)
    {
        switch (directive.Name)
        {
            case DirectiveName.NoCache:
                NoCache = true;
                break;
            case DirectiveName.NoStore:
                NoStore = true;
                break;
            case DirectiveName.OnlyIfCached:
                OnlyIfCached = true;
                break;
            case DirectiveName.MaxAge:
                MaxAge = MaxAge.And(directive.Seconds);
                break;
            case DirectiveName.MinFresh:
                MinFresh = MinFresh.And(directive.Seconds);
                break;
            case DirectiveName.MaxStale:
                MaxStale = MaxStale.And(directive.Form == DirectiveArgument.None ? DeltaSeconds.Of(DeltaSeconds.Max) : directive.Seconds);
                break;
            case DirectiveName.StaleIfError:
                StaleIfError = StaleIfError.And(directive.Seconds);
                break;
            default:
                break;
        }
    }
}
