using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Tutti.Gateway.Caching;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Fetching;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Aggregation.OnePart;

/// <summary>Writes answers from the cache, and those that are on their way into it, with <c>Age</c> and <c>Cache-Status</c> (RFC 9211).</summary>
internal sealed class StoredReply(TimeProvider clock)
{
    /// <summary>The name of this cache in <c>Cache-Status</c>.</summary>
    const string Cache = "Tutti";

    /// <summary>Answers from memory; with 304 a client who has it already (RFC 9110, 13.2.2).</summary>
    public async Task WriteAsync(HttpContext context, CacheEntry entry, CacheStatus status)
    {
        var resident = clock.GetElapsedTime(entry.StoredAt);
        var policy = entry.Policy;
        var head = entry.ReadHead();
        var isKnown = IsKnown(context.Request, entry, head);
        Begin(context, isKnown ? 304 : policy.Status, entry.Reason, isKnown ? ValidationRules.NotModifiedFields(head) : head);
        if (entry.IsStorable)
        {
            SetAge(context, policy.AgeAt(resident));
            status = status with { TimeToLive = policy.TimeToLive(resident) };
        }

        Tell(context, status);
        if (isKnown || !entry.Has(EntryTraits.HasBody))
        {
            return;
        }

        context.Response.ContentLength = entry.Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.BodyWriter.WriteAsync(entry.Body, context.RequestAborted);
        }
    }

    /// <summary>Answers with a body that still grows, as it comes.</summary>
    /// <returns>Why it could not be written to its end; null if it was.</returns>
    public async ValueTask<PartOutcome?> WriteAsync(HttpContext context, OpenedAnswer opened, CacheStatus status, CancellationToken ct)
    {
        Begin(context, opened.Frame.Status, opened.Frame.Reason, opened.Head);
        if (opened.Age is not null || status.Collapsed)
        {
            SetAge(context, (opened.Age ?? 0) + (long)clock.GetElapsedTime(opened.CameAt).TotalSeconds);
        }

        Tell(context, status);
        if (HttpMethods.IsHead(context.Request.Method) || !opened.Frame.HasBody)
        {
            return null;
        }

        for (var sent = 0; ;)
        {
            var more = await opened.Body.ReadAsync(sent, ct);
            if (more.IsEmpty)
            {
                return opened.Body.Failure;
            }

            sent += more.Length;
            await context.Response.BodyWriter.WriteAsync(more, ct);
        }
    }

    bool IsKnown(HttpRequest request, CacheEntry entry, HeaderFields head)
    {
        if (request.Headers.IfNoneMatch.Count == 0 && request.Headers.IfModifiedSince.Count == 0)
        {
            return false;
        }

        var fields = new List<HeaderField>();
        Add("If-None-Match", request.Headers.IfNoneMatch);
        Add("If-Modified-Since", request.Headers.IfModifiedSince);
        var asked = new CacheRequest("GET", new HeaderFields([.. fields]), default);
        var now = clock.GetUtcNow();
        return ValidationRules.Answer(entry.ReadPolicy(head, now), asked, 0, now, out _) == ClientAnswer.NotModified;

        void Add(string name, Microsoft.Extensions.Primitives.StringValues lines)
        {
            foreach (var line in lines)
            {
                fields.Add(new HeaderField(name, line ?? ""));
            }
        }
    }

    static void Begin(HttpContext context, int status, string? reason, HeaderFields head)
    {
        context.Response.StatusCode = status;
        if (reason is { Length: <= 256 } && !reason.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = reason;
        }

        foreach (var line in head.Lines)
        {
            context.Response.Headers.Append(line.Name, AnswerStream.Ascii(line.Value));
        }
    }

    static void SetAge(HttpContext context, long seconds) => context.Response.Headers.Age = seconds.ToString(CultureInfo.InvariantCulture);

    /// <summary>Adds this cache's member behind those of the caches nearer to the origin.</summary>
    public static void Tell(HttpContext context, CacheStatus status) => context.Response.Headers.Append("Cache-Status", status.Write(Cache));
}
