using System.Text;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Structured;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Caching.Rules;

/// <summary>What the cache did with one request, told to whoever reads <c>Cache-Status</c> (RFC 9211).</summary>
internal readonly record struct CacheStatus
{
    const string Field = "Cache-Status";

    /// <summary>Why the request went on; null tells of a hit.</summary>
    public ForwardReason? Forwarded { get; init; }

    /// <summary>The backend's status, where the answer does not show it.</summary>
    public int? ForwardedStatus { get; init; }

    /// <summary>How many seconds the answer stays fresh; negative where it is stale.</summary>
    public long? TimeToLive { get; init; }

    public bool Stored { get; init; }

    /// <summary>Whether the request waited for the call of another one.</summary>
    public bool Collapsed { get; init; }

    /// <summary>The cache key; left out where it has characters that a header cannot carry.</summary>
    public string? Key { get; init; }

    public string? Detail { get; init; }

    /// <summary>The header with this cache's member behind those of the caches nearer to the origin.</summary>
    public HeaderFields AppendTo(HeaderFields response, string cache) => new([.. response.Lines, new HeaderField(Field, Write(cache))]);

    public string Write(string cache)
    {
        var text = new StringBuilder().AppendTokenOrString(cache);
        text.Append(Forwarded is { } reason ? $"; fwd={NameOf(reason)}" : "; hit");
        if (Forwarded is not null)
        {
            AppendForwarding(text);
        }

        if (TimeToLive is { } seconds)
        {
            text.Append("; ttl=").AppendInteger(seconds);
        }

        AppendTexts(text);
        return text.ToString();
    }

    static string NameOf(ForwardReason reason) => reason switch
    {
        ForwardReason.Bypass => "bypass",
        ForwardReason.Method => "method",
        ForwardReason.UriMiss => "uri-miss",
        ForwardReason.VaryMiss => "vary-miss",
        ForwardReason.Miss => "miss",
        ForwardReason.Request => "request",
        ForwardReason.Stale => "stale",
        ForwardReason.Partial => "partial",
    };

    /// <summary>What makes sense for forwarded requests only.</summary>
    void AppendForwarding(StringBuilder text)
    {
        if (ForwardedStatus is { } status)
        {
            text.Append("; fwd-status=").AppendInteger(status);
        }

        text.Append(Stored ? "; stored" : "").Append(Collapsed ? "; collapsed" : "");
    }

    void AppendTexts(StringBuilder text)
    {
        if (Key is not null && StructuredText.IsString(Key))
        {
            text.Append("; key=").AppendString(Key);
        }

        if (Detail is not null && StructuredText.IsString(Detail))
        {
            text.Append("; detail=").AppendTokenOrString(Detail);
        }
    }
}
