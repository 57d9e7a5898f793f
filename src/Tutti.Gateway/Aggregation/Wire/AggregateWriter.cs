using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Caching;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Aggregation.Wire;

/// <summary>Step 7. Writes outcomes in the order of the request, in Octoparts' form: optional fields are left out, never null.</summary>
internal sealed class AggregateWriter(TimeProvider clock)
{
    static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Longer bodies are left to the platform's encoder, which needs no room for the worst case.</summary>
    const int MostAtOnce = 256 * 1024;

    /// <summary>A new one for each answer costs more than the fields that it writes around the bodies.</summary>
    [ThreadStatic]
    static Utf8JsonWriter? _json;

    public void Write(IBufferWriter<byte> output, AggregateRequest request, AggregatePlan plan, Gathering gathering, TimeSpan elapsed)
    {
        var json = _json ??= new Utf8JsonWriter(output, Options);
        json.Reset(output);
        json.WriteStartObject();
        json.WriteStartObject(Names.ResponseMeta);
        json.WriteString(Names.Id, request.RequestMeta.Id);
        json.WriteNumber(Names.ProcessTime, (long)elapsed.TotalMilliseconds);
        json.WriteEndObject();
        json.WriteStartArray(Names.Responses);
        foreach (var part in plan.Parts)
        {
            WritePart(json, part, part.Hit is { } hit ? StoredOutcome.Of(hit, part.Part!, isFromCache: true) : part.Known ?? gathering[part.Call]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    void WritePart(Utf8JsonWriter json, PlannedPart planned, PartOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString(Names.PartId, planned.Request.PartId);
        json.WriteString(Names.Id, planned.Request.Id ?? planned.Request.PartId);
        WriteCookies(json, outcome.SetCookies);
        if (outcome.Failure is null)
        {
            json.WriteNumber(Names.StatusCode, outcome.Status);
            WriteIfAny(json, Names.MimeType, outcome.Type?.MimeType);
            WriteIfAny(json, Names.Charset, outcome.Type?.Charset);
        }

        WriteCacheControl(json, outcome.StoredControl ?? AnswerCacheControl.Of(outcome.CacheHeaders, clock));
        if (outcome.Body is { } body)
        {
            WriteContents(json, body.Utf8);
        }

        WriteRemarks(json, planned.Part, outcome);
        json.WriteBoolean(Names.RetrievedFromCache, outcome.IsFromCache);
        json.WriteBoolean(Names.RetrievedFromLocalContents, outcome.IsLocal);
        json.WriteEndObject();
    }

    static void WriteContents(Utf8JsonWriter json, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MostAtOnce)
        {
            json.WriteString(Names.Contents, utf8);
            return;
        }

        var text = ArrayPool<byte>.Shared.Rent(JsonText.MaxLength(utf8.Length));
        json.WritePropertyName(Names.Contents);
        json.WriteRawValue(text.AsSpan(0, JsonText.Write(utf8, text)), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(text);
    }

    void WriteCookies(Utf8JsonWriter json, IReadOnlyList<string> lines)
    {
        json.WriteStartArray(Names.Cookies);
        for (var i = 0; i < lines.Count; i++)
        {
            if (SetCookieParser.Parse(lines[i], clock.GetUtcNow()) is { } cookie)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, cookie.Name);
                json.WriteString("value"u8, cookie.Value);
                json.WriteBoolean("httpOnly"u8, cookie.HttpOnly);
                json.WriteBoolean("secure"u8, cookie.Secure);
                json.WriteBoolean("discard"u8, cookie.Discard);
                json.WriteNumber("maxAge"u8, cookie.MaxAge);
                WriteIfAny(json, Names.Path, cookie.Path);
                WriteIfAny(json, Names.Domain, cookie.Domain);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    static void WriteCacheControl(Utf8JsonWriter json, CacheControl control)
    {
        json.WriteStartObject(Names.CacheControl);
        json.WriteBoolean(Names.NoStore, control.NoStore);
        json.WriteBoolean(Names.NoCache, control.NoCache);
        if (control.ExpiresAt is { } end)
        {
            json.WriteNumber(Names.ExpiresAt, end);
        }

        WriteIfAny(json, Names.Etag, control.Etag);
        WriteIfAny(json, Names.LastModified, control.LastModified);
        json.WriteEndObject();
    }

    static void WriteRemarks(Utf8JsonWriter json, PartModel? part, PartOutcome outcome)
    {
        json.WriteStartArray(Names.Warnings);
        // Octoparts warns of nothing where the part always answers from its local contents (behaviour 43).
        if (part is { AnswersLocally: false })
        {
            foreach (var warning in part.Warnings)
            {
                json.WriteStringValue(warning);
            }
        }

        json.WriteEndArray();
        json.WriteStartArray(Names.Errors);
        if (ErrorOf(part, outcome) is { } error)
        {
            json.WriteStringValue(error);
        }

        json.WriteEndArray();
    }

    static string? ErrorOf(PartModel? part, PartOutcome outcome) => outcome.Failure is not null
        ? outcome.Message
        : outcome.Status >= 400 && part?.ValidStatuses.Contains(outcome.Status) == false
            ? outcome.Reason ?? UsualReason(outcome.Status)
            : null;

    /// <summary>What HTTP/2 does not send and HTTP/1.1 may leave empty.</summary>
    static string UsualReason(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } usual
        ? usual
        : string.Create(CultureInfo.InvariantCulture, $"Status {status}");

    static void WriteIfAny(Utf8JsonWriter json, JsonEncodedText name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>The names of the fields, encoded once.</summary>
    static class Names
    {
        public static readonly JsonEncodedText ResponseMeta = JsonEncodedText.Encode("responseMeta");
        public static readonly JsonEncodedText ProcessTime = JsonEncodedText.Encode("processTime");
        public static readonly JsonEncodedText Responses = JsonEncodedText.Encode("responses");
        public static readonly JsonEncodedText PartId = JsonEncodedText.Encode("partId");
        public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
        public static readonly JsonEncodedText Cookies = JsonEncodedText.Encode("cookies");
        public static readonly JsonEncodedText StatusCode = JsonEncodedText.Encode("statusCode");
        public static readonly JsonEncodedText MimeType = JsonEncodedText.Encode("mimeType");
        public static readonly JsonEncodedText Charset = JsonEncodedText.Encode("charset");
        public static readonly JsonEncodedText CacheControl = JsonEncodedText.Encode("cacheControl");
        public static readonly JsonEncodedText NoStore = JsonEncodedText.Encode("noStore");
        public static readonly JsonEncodedText NoCache = JsonEncodedText.Encode("noCache");
        public static readonly JsonEncodedText ExpiresAt = JsonEncodedText.Encode("expiresAt");
        public static readonly JsonEncodedText Etag = JsonEncodedText.Encode("etag");
        public static readonly JsonEncodedText LastModified = JsonEncodedText.Encode("lastModified");
        public static readonly JsonEncodedText Contents = JsonEncodedText.Encode("contents");
        public static readonly JsonEncodedText Warnings = JsonEncodedText.Encode("warnings");
        public static readonly JsonEncodedText Errors = JsonEncodedText.Encode("errors");
        public static readonly JsonEncodedText RetrievedFromCache = JsonEncodedText.Encode("retrievedFromCache");
        public static readonly JsonEncodedText RetrievedFromLocalContents = JsonEncodedText.Encode("retrievedFromLocalContents");
        public static readonly JsonEncodedText Path = JsonEncodedText.Encode("path");
        public static readonly JsonEncodedText Domain = JsonEncodedText.Encode("domain");
    }
}
