using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tutti.Bench.Limit;

/// <summary>Writes an Octoparts AggregateResponse straight into the response's pipe.</summary>
static class AggregateWriter
{
    static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    static readonly JsonWriterOptions Options = new() { Encoder = Encoder, SkipValidation = true };
    static readonly JsonEncodedText ResponseMeta = Name("responseMeta");
    static readonly JsonEncodedText Id = Name("id");
    static readonly JsonEncodedText ProcessTime = Name("processTime");
    static readonly JsonEncodedText Responses = Name("responses");
    static readonly JsonEncodedText PartId = Name("partId");
    static readonly JsonEncodedText Cookies = Name("cookies");
    static readonly JsonEncodedText StatusCode = Name("statusCode");
    static readonly JsonEncodedText MimeType = Name("mimeType");
    static readonly JsonEncodedText Charset = Name("charset");
    static readonly JsonEncodedText CacheControl = Name("cacheControl");
    static readonly JsonEncodedText NoStore = Name("noStore");
    static readonly JsonEncodedText NoCache = Name("noCache");
    static readonly JsonEncodedText Contents = Name("contents");
    static readonly JsonEncodedText Warnings = Name("warnings");
    static readonly JsonEncodedText Errors = Name("errors");
    static readonly JsonEncodedText RetrievedFromCache = Name("retrievedFromCache");
    static readonly JsonEncodedText RetrievedFromLocalContents = Name("retrievedFromLocalContents");

    [ThreadStatic]
    static Utf8JsonWriter? _writer;

    public static void Write(Aggregate aggregate, TimeSpan elapsed, IBufferWriter<byte> output)
    {
        var json = _writer ??= new Utf8JsonWriter(output, Options);
        json.Reset(output);
        json.WriteStartObject();
        json.WriteStartObject(ResponseMeta);
        json.WriteString(Id, aggregate.Id);
        json.WriteNumber(ProcessTime, (long)elapsed.TotalMilliseconds);
        json.WriteEndObject();
        json.WriteStartArray(Responses);
        foreach (var call in aggregate.Calls)
        {
            WriteCall(json, call);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    static void WriteCall(Utf8JsonWriter json, PartCall call)
    {
        json.WriteStartObject();
        json.WriteString(PartId, call.PartId);
        json.WriteString(Id, call.Id);
        json.WriteStartArray(Cookies);
        json.WriteEndArray();
        if (call.StatusCode != 0)
        {
            json.WriteNumber(StatusCode, call.StatusCode);
            WriteContentType(json, call.ContentType);
        }

        json.WriteStartObject(CacheControl);
        json.WriteBoolean(NoStore, false);
        json.WriteBoolean(NoCache, false);
        json.WriteEndObject();
        if (call.Kept is { } kept)
        {
            json.WritePropertyName(Contents);
            json.WriteRawValue(kept, skipInputValidation: true);
        }
        else if (call.StatusCode != 0)
        {
            json.WriteString(Contents, call.Contents);
        }

        json.WriteStartArray(Warnings);
        json.WriteEndArray();
        json.WriteStartArray(Errors);
        if (call.Error is { } error)
        {
            json.WriteStringValue(error);
        }

        json.WriteEndArray();
        json.WriteBoolean(RetrievedFromCache, call.Kept is not null);
        json.WriteBoolean(RetrievedFromLocalContents, false);
        json.WriteEndObject();
    }

    static void WriteContentType(Utf8JsonWriter json, ReadOnlySpan<char> type)
    {
        if (type.IsEmpty)
        {
            return;
        }

        var end = type.IndexOf(';');
        json.WriteString(MimeType, (end < 0 ? type : type[..end]).Trim());
        var charset = type.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (charset >= 0)
        {
            json.WriteString(Charset, type[(charset + "charset=".Length)..].Trim('"'));
        }
    }

    static JsonEncodedText Name(string name) => JsonEncodedText.Encode(name, Encoder);
}
