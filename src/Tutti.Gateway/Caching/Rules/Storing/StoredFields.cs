using System.Collections.Frozen;
using Tutti.Gateway.Caching.Rules.Directives;
using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Rules.Storing;

/// <summary>Chooses the fields that are stored with a response (RFC 9111, 3.1).</summary>
internal static class StoredFields
{
    /// <summary>Fields of one connection, or of the proxy that was asked; Trailer, as no trailers are stored; and Age, which is computed anew at each use.</summary>
    static readonly FrozenSet<string> NeverStored = new[]
    {
        "Age", "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authentication-Info", "Proxy-Authorization", "Proxy-Connection",
        "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is kept of the response's header. A missing or unreadable Date becomes the time at which the response came (RFC 9110, 6.6.1).</summary>
    public static HeaderFields Of(HeaderFields response, DateTimeOffset receivedAt, RuleSettings settings)
    {
        var named = NamedByConnection(response);
        foreach (var names in ResponseDirectives.Of(response, settings.TargetedFields).KeptOut ?? [])
        {
            AddNames(ref named, names);
        }

        return new HeaderFields([.. WithDate(Without(response, named), receivedAt)]);
    }

    /// <summary>The fields that the connection brought for itself, some of which the message may name (RFC 9110, 7.6.1); null where it names none.</summary>
    public static HashSet<string>? NamedByConnection(HeaderFields message)
    {
        HashSet<string>? named = null;
        foreach (var line in message.Values("Connection"))
        {
            AddNames(ref named, line);
        }

        return named;
    }

    /// <summary>The lines of the message but those that are never stored and those named.</summary>
    public static List<HeaderField> Without(HeaderFields message, HashSet<string>? named)
    {
        var kept = new List<HeaderField>(message.Lines.Length + 1);
        foreach (var line in message.Lines)
        {
            if (!NeverStored.Contains(line.Name) && named?.Contains(line.Name) != true)
            {
                kept.Add(line);
            }
        }

        return kept;
    }

    public static List<HeaderField> WithDate(List<HeaderField> lines, DateTimeOffset receivedAt)
    {
        var date = lines.FindIndex(line => line.Is("Date"));
        if (date >= 0 && HttpDate.Parse(lines[date].Value, receivedAt) is not null)
        {
            return lines;
        }

        lines.RemoveAll(line => line.Is("Date"));
        lines.Add(new HeaderField("Date", HttpDate.Write(receivedAt)));
        return lines;
    }

    static void AddNames(ref HashSet<string>? named, string names)
    {
        foreach (var name in new CommaList(names))
        {
            (named ??= new HashSet<string>(StringComparer.OrdinalIgnoreCase)).Add(name.ToString());
        }
    }
}
