using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>Reads a request's JSON within limits and answers what is wrong with it, all at once.</summary>
internal static class JsonBody
{
    /// <summary>The largest entry; one MiB of it may be local contents.</summary>
    public const long EntryLimit = 4 * 1_024 * 1_024;

    static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Whether the request has a body at all.</summary>
    public static bool IsThere(HttpRequest request) => request.ContentLength is not (0 or null) || request.Headers.TransferEncoding.Count > 0;

    /// <summary>Reads an entry; fields that it does not have are faults.</summary>
    /// <param name="shape">What may stand in the JSON: the entry as it is shown.</param>
    public static Task<Body<T>> ReadEntryAsync<T>(HttpRequest request, JsonTypeInfo<T> type, JsonTypeInfo shape, CancellationToken ct)
        where T : class => ReadAsync(request, type, shape, EntryLimit, strict: true, ct);

    public static async Task<Body<T>> ReadAsync<T>(
        HttpRequest request, JsonTypeInfo<T> type, JsonTypeInfo shape, long limit, bool strict, CancellationToken ct)
        where T : class
    {
        if (await BufferAsync(request, limit, ct) is not { } bytes)
        {
            return Body<T>.Refused(Problems.TooLarge(limit));
        }

        var json = bytes.AsMemory(bytes.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0);
        if (!Utf8.IsValid(json.Span))
        {
            return Body<T>.Refused(Problems.Malformed("The body is not valid UTF-8."));
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = RegistryJson.MaxDepth, AllowDuplicateProperties = false });
            return Read(document.RootElement, type, shape, strict);
        }
        catch (JsonException e)
        {
            return Body<T>.Refused(Problems.Malformed(Describe(e)));
        }
        catch (InvalidOperationException)
        {
            // The reader's word for an escaped lone surrogate, which no string can hold.
            return Body<T>.Refused(Problems.Malformed("The name of a field holds half a character (a lone surrogate)."));
        }
    }

    static Body<T> Read<T>(JsonElement root, JsonTypeInfo<T> type, JsonTypeInfo shape, bool strict)
        where T : class
    {
        var faults = new List<Fault>();
        var mended = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(mended);
        return new JsonShape(writer, strict, faults).Mend(root, shape)
            ? new Body<T>(JsonSerializer.Deserialize(mended.WrittenSpan, type), faults, null)
            : Body<T>.Refused(Problems.Invalid("The JSON does not have the right form.", faults));
    }

    static string Describe(JsonException e) => e.LineNumber is { } line
        ? $"The body is not valid JSON at line {line + 1}, byte {e.BytePositionInLine + 1}: {Reason(e)}"
        : $"The body is not valid JSON: {Reason(e)}";

    /// <summary>The reader's message without the position at its end, which counts from 0.</summary>
    static string Reason(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }

    /// <summary>The body, or null if it is larger than allowed.</summary>
    static async Task<byte[]?> BufferAsync(HttpRequest request, long limit, CancellationToken ct)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        // Kestrel's own limit is lower than that for imports; this one counts instead.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
        {
            server.MaxRequestBodySize = limit + 1;
        }

        using var buffer = new MemoryStream((int)(request.ContentLength ?? 0));
        var chunk = new byte[16_384];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, ct)) > 0)
        {
            if (buffer.Length + read > limit)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}
