using Microsoft.AspNetCore.Http.Features;

namespace Tutti.Gateway.Locator.Doors;

/// <summary>What the client asked for, as it wrote it, escapes included.</summary>
/// <param name="Path">From its first slash on.</param>
/// <param name="Query">From its question mark on; may be empty.</param>
internal readonly record struct RawTarget(string Path, string Query)
{
    public static RawTarget Of(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(target) || PathStart(target) is not (>= 0 and var start))
        {
            return new RawTarget(context.Request.Path.ToUriComponent(), context.Request.QueryString.Value ?? "");
        }

        var query = target.IndexOf('?', start);
        return query < 0
            ? new RawTarget(start == 0 ? target : target[start..], "")
            : new RawTarget(target[start..query], target[query..]);
    }

    /// <summary>Whether a segment is <c>.</c> or <c>..</c>, escaped or not: one reader would climb where another does not.</summary>
    public bool HasDotSegments()
    {
        if (!Path.Contains("/.", StringComparison.Ordinal) && !Path.Contains("/%2", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        foreach (var range in Path.AsSpan().Split('/'))
        {
            var segment = Path.AsSpan(range);
            if (segment.Length <= 6 && Uri.UnescapeDataString(segment.ToString()) is "." or "..")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the path begins; a proxy's client writes the whole URI (RFC 9112, 3.2.2).</summary>
    static int PathStart(string target)
    {
        if (target[0] == '/')
        {
            return 0;
        }

        var authority = target.IndexOf("://", StringComparison.Ordinal);
        return authority < 0 ? -1 : target.IndexOf('/', authority + 3);
    }
}
