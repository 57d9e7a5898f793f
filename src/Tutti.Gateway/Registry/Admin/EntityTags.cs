using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Tutti.Gateway.Registry.Editing;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>Versions as ETags, and the precondition that a client sends.</summary>
internal static class EntityTags
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    public static bool HasIfMatch(HttpRequest request) => request.Headers.IfMatch.Count > 0;

    /// <summary>What <c>If-Match</c> asks for. A tag that is weak or not ours matches nothing.</summary>
    public static Precondition Read(HttpRequest request)
    {
        if (!HasIfMatch(request) || request.Headers.IfMatch is ["*"])
        {
            return Precondition.None;
        }

        return EntityTagHeaderValue.TryParseStrictList(request.Headers.IfMatch, out var tags)
            ? new Precondition([.. tags.Where(tag => !tag.IsWeak).Select(Version)])
            : new Precondition([]);
    }

    static long Version(EntityTagHeaderValue tag) =>
        long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
}
