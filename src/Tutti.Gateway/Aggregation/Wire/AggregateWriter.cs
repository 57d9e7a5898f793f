using System.Globalization;
using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Caching;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Aggregation.Wire;

/// <summary>Step 7. Writes outcomes in the order of the request, in Octoparts' form: optional fields are left out, never null.</summary>
internal sealed class AggregateWriter(TimeProvider clock)
{
    /// <summary>What stands around a body, amply.</summary>
    const int Frame = 512;

    /// <summary>Writes the answer; whoever gets it disposes of it.</summary>
    public AnswerBuffer Write(AggregateRequest request, AggregatePlan plan, Gathering gathering, TimeSpan elapsed)
    {
        var json = new AnswerBuffer(SizeOf(plan, gathering));
        json.Json("""{"responseMeta":{"id":"""u8);
        json.Text(request.RequestMeta.Id);
        json.Json(""","processTime":"""u8);
        json.Json((long)elapsed.TotalMilliseconds);
        json.Json("""},"responses":["""u8);
        var isFirst = true;
        foreach (var part in plan.Parts)
        {
            json.Json(isFirst ? """{"partId":"""u8 : """,{"partId":"""u8);
            json.Text(part.Request.PartId);
            json.Json(""","id":"""u8);
            json.Text(part.Request.Id ?? part.Request.PartId);
            WriteAnswer(json, part, gathering);
            isFirst = false;
        }

        json.Json("]}"u8);
        return json;
    }

    void WriteAnswer(AnswerBuffer json, in PlannedPart part, Gathering gathering)
    {
        if (part.Hit is not { } hit)
        {
            WriteOutcome(json, part.Part, part.Known ?? gathering[part.Call]);
        }
        else if (hit.Has(EntryTraits.IsUtf8))
        {
            WriteHit(json, part.Part!, hit);
        }
        else
        {
            WriteOutcome(json, part.Part, StoredOutcome.Of(hit, part.Part!, isFromCache: true));
        }
    }

    void WriteOutcome(AnswerBuffer json, PartModel? part, PartOutcome outcome)
    {
        WriteCookies(json, outcome.SetCookies);
        if (outcome.Failure is null)
        {
            WriteKind(json, outcome.Status, outcome.Type);
        }

        WriteCacheControl(json, outcome.StoredControl ?? AnswerCacheControl.Of(outcome.CacheHeaders, clock));
        if (outcome.Body is { } body)
        {
            json.Json(""","contents":"""u8);
            json.Text(body.Utf8);
        }

        WriteRemarks(json, part, outcome.Failure is not null ? outcome.Message : ErrorOf(part, outcome.Status, outcome.Reason));
        json.Json(outcome.IsFromCache ? ""","retrievedFromCache":true"""u8 : ""","retrievedFromCache":false"""u8);
        json.Json(outcome.IsLocal ? ""","retrievedFromLocalContents":true}"""u8 : ""","retrievedFromLocalContents":false}"""u8);
    }

    /// <summary>Writes a stored answer from where it lies. It has no cookies: an answer that has some is not stored.</summary>
    static void WriteHit(AnswerBuffer json, PartModel part, CacheEntry hit)
    {
        json.Json(""","cookies":[]"""u8);
        WriteKind(json, hit.Numbers.Status, hit.Type);
        WriteCacheControl(json, hit);
        json.Json(""","contents":"""u8);
        json.Text(hit.Body.Span);
        WriteRemarks(json, part, ErrorOf(part, hit.Numbers.Status, hit.Reason));
        json.Json(""","retrievedFromCache":true,"retrievedFromLocalContents":false}"""u8);
    }

    static void WriteKind(AnswerBuffer json, int status, ContentType? type)
    {
        json.Json(""","statusCode":"""u8);
        json.Json(status);
        WriteIfAny(json, ""","mimeType":"""u8, type?.MimeType);
        WriteIfAny(json, ""","charset":"""u8, type?.Charset);
    }

    void WriteCookies(AnswerBuffer json, IReadOnlyList<string> lines)
    {
        json.Json(""","cookies":["""u8);
        var isFirst = true;
        for (var i = 0; i < lines.Count; i++)
        {
            if (SetCookieParser.Parse(lines[i], clock.GetUtcNow()) is { } cookie)
            {
                json.Json(isFirst ? """{"name":"""u8 : """,{"name":"""u8);
                WriteCookie(json, cookie);
                isFirst = false;
            }
        }

        json.Json("]"u8);
    }

    static void WriteCookie(AnswerBuffer json, Cookie cookie)
    {
        json.Text(cookie.Name);
        json.Json(""","value":"""u8);
        json.Text(cookie.Value);
        json.Json(""","httpOnly":"""u8);
        json.Json(cookie.HttpOnly);
        json.Json(""","secure":"""u8);
        json.Json(cookie.Secure);
        json.Json(""","discard":"""u8);
        json.Json(cookie.Discard);
        json.Json(""","maxAge":"""u8);
        json.Json(cookie.MaxAge);
        WriteIfAny(json, ""","path":"""u8, cookie.Path);
        WriteIfAny(json, ""","domain":"""u8, cookie.Domain);
        json.Json("}"u8);
    }

    static void WriteCacheControl(AnswerBuffer json, CacheControl control)
    {
        WriteControl(json, control.NoStore, control.NoCache, control.ExpiresAt);
        WriteIfAny(json, ""","etag":"""u8, control.Etag);
        WriteIfAny(json, ""","lastModified":"""u8, control.LastModified);
        json.Json("}"u8);
    }

    static void WriteCacheControl(AnswerBuffer json, CacheEntry hit)
    {
        WriteControl(json, noStore: false, hit.Has(EntryTraits.SaidNoCache), hit.ExpiresAt == 0 ? null : hit.ExpiresAt);
        if (hit.Has(EntryTraits.HasValidator))
        {
            var (etag, modified) = StoredOutcome.ValidatorsOf(hit);
            WriteIfAny(json, ""","etag":"""u8, etag);
            WriteIfAny(json, ""","lastModified":"""u8, modified);
        }

        json.Json("}"u8);
    }

    static void WriteControl(AnswerBuffer json, bool noStore, bool noCache, long? expiresAt)
    {
        json.Json(noStore ? ""","cacheControl":{"noStore":true,"noCache":"""u8 : ""","cacheControl":{"noStore":false,"noCache":"""u8);
        json.Json(noCache);
        if (expiresAt is { } end)
        {
            json.Json(""","expiresAt":"""u8);
            json.Json(end);
        }
    }

    static void WriteRemarks(AnswerBuffer json, PartModel? part, string? error)
    {
        json.Json(""","warnings":["""u8);
        // Octoparts warns of nothing where the part always answers from its local contents (behaviour 43).
        for (var i = 0; part is { AnswersLocally: false } && i < part.Warnings.Length; i++)
        {
            json.Json(i == 0 ? ""u8 : ","u8);
            json.Text(part.Warnings[i]);
        }

        json.Json("""],"errors":["""u8);
        if (error is not null)
        {
            json.Text(error);
        }

        json.Json("]"u8);
    }

    static string? ErrorOf(PartModel? part, int status, string? reason) =>
        status >= 400 && part?.ValidStatuses.Contains(status) == false ? reason ?? UsualReason(status) : null;

    /// <summary>What HTTP/2 does not send and HTTP/1.1 may leave empty.</summary>
    static string UsualReason(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } usual
        ? usual
        : string.Create(CultureInfo.InvariantCulture, $"Status {status}");

    static void WriteIfAny(AnswerBuffer json, ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.Json(name);
            json.Text(value);
        }
    }

    /// <summary>Room for the whole answer if its bodies need few escapes.</summary>
    static int SizeOf(AggregatePlan plan, Gathering gathering)
    {
        var size = 0L;
        foreach (var part in plan.Parts)
        {
            var body = part.Hit is { } hit ? hit.Body.Length : (part.Known ?? gathering[part.Call]).Body?.Length ?? 0;
            size += Frame + body + (body / 4);
        }

        return (int)Math.Min(size, 1 << 30);
    }
}
