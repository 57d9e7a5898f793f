using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Tutti.Batching.Running;

namespace Tutti.Batching.Answering;

/// <summary>What caches may do with a whole: no more than with the strictest of its parts.</summary>
internal static class CacheFields
{
    const string NoStore = "no-store";

    public static void Tell(HttpContext context, BatchRun run, TimeProvider clock)
    {
        if (!BatchOutcome.IsComplete(run) || Compose(run, clock.GetUtcNow()) is not { NoStore: false } whole)
        {
            ForbidStoring(context);
            return;
        }

        context.Response.Headers.CacheControl = Text(whole);
        context.Response.Headers.Append(HeaderNames.Vary, VaryOf(run));
        if (whole.IsPrivate)
        {
            ForbidSharing(context);
        }
    }

    /// <summary>Keeps an answer out of every cache.</summary>
    public static void ForbidStoring(HttpContext context)
    {
        context.Response.Headers.CacheControl = NoStore;
        ForbidSharing(context);
    }

    /// <summary>Gives the whole its tag, unless it may not be stored.</summary>
    /// <returns>Whether the client has it already (RFC 9110, 13.1.2).</returns>
    public static bool IsKnown(HttpContext context, ReadOnlySpan<byte> body)
    {
        if (context.Response.Headers.CacheControl == NoStore || context.Response.StatusCode != StatusCodes.Status200OK)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        // Weak: what compresses the whole may do so afterwards.
        context.Response.Headers.ETag = $"W/\"{Convert.ToHexStringLower(hash[..12])}\"";
        return context.Request.Headers.IfNoneMatch.Count > 0 && IsKnown(context.Request.Headers.IfNoneMatch, context.Response.Headers.ETag.ToString());
    }

    static bool IsKnown(StringValues known, string tag) =>
        EntityTagHeaderValue.TryParseList(known, out var tags)
        && tags.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: false));

    /// <summary>The output cache of the app looks at no header.</summary>
    static void ForbidSharing(HttpContext context)
    {
        if (context.Features.Get<IOutputCacheFeature>() is { } output)
        {
            output.Context.AllowCacheStorage = false;
        }
    }

    static PartFreshness Compose(BatchRun run, DateTimeOffset now)
    {
        var whole = PartFreshness.Of(run.Calls[0].Response!, now);
        for (var i = 1; i < run.Calls.Length; i++)
        {
            whole = whole.With(PartFreshness.Of(run.Calls[i].Response!, now));
        }

        return whole;
    }

    static string Text(in PartFreshness whole) =>
        $"{(whole.IsPrivate ? "private, " : whole.IsPublic ? "public, " : "")}{LifetimeOf(whole)}{(whole.MustRevalidate ? ", must-revalidate" : "")}";

    static string LifetimeOf(in PartFreshness whole) =>
        whole.Seconds is { } seconds && !whole.NoCache ? string.Create(CultureInfo.InvariantCulture, $"max-age={seconds}") : "no-cache";

    /// <summary>What the parts vary by. The calls went without the first two; the whole is chosen by the first.</summary>
    static string VaryOf(BatchRun run)
    {
        List<string>? names = null;
        foreach (var call in run.Calls)
        {
            if (call.Response!.Headers.Vary.Count > 0)
            {
                names ??= ["ACCEPT", "ACCEPT-ENCODING"];
                names.AddRange(call.Response.Headers.GetCommaSeparatedValues(HeaderNames.Vary).Select(name => name.ToUpperInvariant()).Except(names));
            }
        }

        return names is null ? HeaderNames.Accept : string.Join(", ", names.Skip(2).Prepend(HeaderNames.Accept));
    }
}
