using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Tutti.Batching.Running;

namespace Tutti.Batching.Answering;

/// <summary>What caches may do with a whole: no more than with the strictest of its parts.</summary>
internal static class CacheFields
{
    public static void Tell(HttpContext context, BatchRun run, TimeProvider clock)
    {
        if (!BatchOutcome.IsComplete(run) || Array.Exists(run.Calls, call => VaryOf(call).Contains("*")))
        {
            context.Response.Headers.CacheControl = "no-store";
            return;
        }

        var parts = run.Calls.Select(call => PartFreshness.Of(call.Response!, clock.GetUtcNow())).ToArray();
        context.Response.Headers.CacheControl = Compose(parts);
        // The calls went without these two; the whole is chosen by the first.
        var vary = run.Calls.SelectMany(VaryOf).Where(name => name is not ("ACCEPT" or "ACCEPT-ENCODING")).Prepend("Accept").Distinct(StringComparer.OrdinalIgnoreCase);
        context.Response.Headers.Append(HeaderNames.Vary, string.Join(", ", vary));
    }

    /// <summary>Gives the whole its tag, unless it may not be stored.</summary>
    /// <returns>Whether the client has it already (RFC 9110, 13.1.2).</returns>
    public static bool IsKnown(HttpContext context, BatchRun run, ReadOnlySpan<byte> body)
    {
        if (context.Response.Headers.CacheControl == "no-store" || context.Response.StatusCode != StatusCodes.Status200OK)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        // Weak: what compresses the whole may do so afterwards.
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(hash[..12])}\"", isWeak: true);
        context.Response.Headers.ETag = tag.ToString();
        return EntityTagHeaderValue.TryParseList(context.Request.Headers.IfNoneMatch, out var known)
            && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false));
    }

    static string Compose(PartFreshness[] parts)
    {
        if (Array.Exists(parts, part => part.NoStore))
        {
            return "no-store";
        }

        var isPrivate = Array.Exists(parts, part => part.IsPrivate);
        var directives = new List<string>();
        if (isPrivate || Array.TrueForAll(parts, part => part.IsPublic))
        {
            directives.Add(isPrivate ? "private" : "public");
        }

        if (Array.Exists(parts, part => part.Seconds is null || part.NoCache))
        {
            directives.Add("no-cache");
        }
        else
        {
            directives.Add(string.Create(CultureInfo.InvariantCulture, $"max-age={parts.Min(part => part.Seconds)}"));
        }

        if (Array.Exists(parts, part => part.MustRevalidate))
        {
            directives.Add("must-revalidate");
        }

        return string.Join(", ", directives);
    }

    static IEnumerable<string> VaryOf(CallRun call) => call.Response is { } response && !StringValues.IsNullOrEmpty(response.Headers.Vary)
        ? response.Headers.GetCommaSeparatedValues(HeaderNames.Vary).Select(name => name.ToUpperInvariant())
        : [];
}
