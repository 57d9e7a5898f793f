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
        var keptOut = ResponseDirectives.Of(response, settings.TargetedFields).KeptOut;
        var kept = new List<HeaderField>(response.Lines.Length + 1);
        foreach (var line in response.Lines)
        {
            if (!IsOfOneConnection(line.Name, response) && !CommaList.Contains(keptOut, line.Name))
            {
                kept.Add(line);
            }
        }

        return new HeaderFields([.. WithDate(kept, receivedAt)]);
    }

    /// <summary>Whether a field ends with the connection that brought it; the message may name more such fields itself.</summary>
    public static bool IsOfOneConnection(string name, HeaderFields message)
    {
        if (NeverStored.Contains(name))
        {
            return true;
        }

        foreach (var named in message.Values("Connection"))
        {
            if (CommaList.Contains(named, name))
            {
                return true;
            }
        }

        return false;
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
}
