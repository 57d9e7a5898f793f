using System.Buffers;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Tutti.Gateway.Registry;
using ZstdSharp;

namespace Tutti.Gateway.Calls;

/// <summary>Reads a body into memory: decoded, within a limit, as UTF-8 text.</summary>
internal static class BodyReader
{
    /// <summary>The content codings that are decoded.</summary>
    public const string AcceptEncoding = "gzip, br, zstd, deflate";

    /// <summary>No body is read into memory beyond this, whatever a part allows: the JSON writer takes no longer text.</summary>
    public const long MostBytes = 128 * 1024 * 1024;

    const int FirstSize = 4 * 1024;

    /// <summary>One coding is usual, two are seen; more only multiply what a small body expands to.</summary>
    const int MaxCodings = 4;

    /// <summary>No more than this is set aside on the word of a Content-Length alone.</summary>
    const int MostTrusted = 64 * 1024;

    /// <summary>Reads and decodes the body of an answer.</summary>
    /// <param name="head">What the answer declares; without a charset its text is in the part's default.</param>
    public static ValueTask<BodyResult> ReadAsync(HttpResponseMessage response, in AnswerHead head, PartModel part, long limit, SilenceTimer silence)
    {
        var charset = head.Type?.Charset;
        if ((charset is null ? part.DefaultEncoding : Charset.Find(charset)) is not { } encoding)
        {
            return new(BodyResult.Failed(PartFailure.Undecodable, $"The backend's charset '{Quoted(charset!)}' is unknown"));
        }

        if (head.Length > limit)
        {
            return new(BodyResult.Failed(PartFailure.TooLarge, $"The body has {head.Length} bytes; at most {limit} are read"));
        }

        var raw = response.Content.ReadAsStream(silence.Token);
        if (head.Codings is null)
        {
            // The response, when it is let go, closes its stream.
            return ReadToEndAsync(raw, encoding, head.Length, limit, silence);
        }

        return TryDecode(raw, head.Codings, out var decoded, out var unknown)
            ? DecodeAsync(decoded, encoding, limit, silence)
            : new(BodyResult.Failed(PartFailure.Undecodable, $"The backend's content coding '{Quoted(unknown)}' is unknown"));
    }

    /// <summary>Reads a body as bytes, decoded, where others may follow it as it grows.</summary>
    /// <param name="codings">The content codings, as they stand in the header.</param>
    /// <returns>Why it could not be read to its end; null if it was. The body has been told.</returns>
    public static async ValueTask<PartOutcome?> ReadIntoAsync(GrowingBody body, HttpResponseMessage response, string? codings, long limit, SilenceTimer silence)
    {
        var raw = await response.Content.ReadAsStreamAsync(silence.Token);
        var decoded = raw;
        if (codings is not null && !TryDecode(raw, codings, out decoded, out var unknown))
        {
            return PartOutcome.Failed(PartFailure.Undecodable, $"The backend's content coding '{Quoted(unknown)}' is unknown");
        }

        await using (decoded)
        {
            while (true)
            {
                var count = await decoded.ReadAsync(body.Room(), silence.Token);
                if (count == 0)
                {
                    return null;
                }

                silence.Heard();
                if (body.Length + (long)count > limit)
                {
                    return PartOutcome.Failed(PartFailure.TooLarge, $"The body is larger than {limit} bytes");
                }

                body.Advance(count);
            }
        }
    }

    /// <summary>Shows bytes that others keep as text, or transcodes them.</summary>
    /// <param name="type">The media type; its charset counts, else the part's default.</param>
    public static BodyResult TextOf(ReadOnlyMemory<byte> bytes, ContentType? type, PartModel part)
    {
        var charset = ReferenceEquals(type, ContentType.Undeclared) ? null : type?.Charset;
        if ((charset is null ? part.DefaultEncoding : Charset.Find(charset)) is not { } encoding)
        {
            return BodyResult.Failed(PartFailure.Undecodable, $"The backend's charset '{Quoted(charset!)}' is unknown");
        }

        if (encoding.CodePage == Encoding.UTF8.CodePage && Utf8.IsValid(bytes.Span))
        {
            return BodyResult.Read(TextBody.Over(bytes));
        }

        var copy = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(copy);
        var result = ToText(ref copy, bytes.Length, encoding);
        ArrayPool<byte>.Shared.Return(copy);
        return result;
    }

    static async ValueTask<BodyResult> DecodeAsync(Stream decoded, Encoding encoding, long limit, SilenceTimer silence)
    {
        await using (decoded)
        {
            return await ReadToEndAsync(decoded, encoding, null, limit, silence);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    static async ValueTask<BodyResult> ReadToEndAsync(Stream stream, Encoding encoding, long? declared, long limit, SilenceTimer silence)
    {
        var bytes = ArrayPool<byte>.Shared.Rent((int)Math.Min(declared ?? FirstSize, MostTrusted));
        var length = 0;
        try
        {
            while (declared is null || length < declared)
            {
                if (length == bytes.Length)
                {
                    bytes = Grow(bytes);
                }

                var count = await stream.ReadAsync(bytes.AsMemory(length), silence.Token);
                if (count == 0)
                {
                    break;
                }

                silence.Heard();
                length += count;
                if (length > limit)
                {
                    return BodyResult.Failed(PartFailure.TooLarge, $"The body is larger than {limit} bytes");
                }
            }

            var result = ToText(ref bytes, length, encoding);
            return result;
        }
        finally
        {
            if (bytes.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }
    }

    /// <summary>Hands the array over where it already is UTF-8, else transcodes it.</summary>
    static BodyResult ToText(ref byte[] bytes, int length, Encoding encoding)
    {
        ReadOnlySpan<byte> text = bytes.AsSpan(0, length);
        if (encoding.CodePage == Encoding.UTF8.CodePage)
        {
            if (!Utf8.IsValid(text))
            {
                return BodyResult.Failed(PartFailure.Undecodable, "The body is not valid UTF-8, which is its charset");
            }

            var body = TextBody.Own(bytes, length);
            bytes = [];
            return BodyResult.Read(body);
        }

        try
        {
            return BodyResult.Read(TextBody.Of(Charset.ByMark(encoding, ref text).GetString(text)));
        }
        catch (DecoderFallbackException)
        {
            return BodyResult.Failed(PartFailure.Undecodable, $"The body is not valid {encoding.WebName}, which is its charset");
        }
    }

    static byte[] Grow(byte[] bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(bytes.Length * 2);
        bytes.CopyTo(larger.AsSpan());
        ArrayPool<byte>.Shared.Return(bytes);
        return larger;
    }

    /// <summary>Wraps a decoder for each coding, the last applied first (RFC 9110, 8.4).</summary>
    static bool TryDecode(Stream raw, string codings, out Stream decoded, out string unknown)
    {
        decoded = raw;
        unknown = "";
        var names = codings.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length > MaxCodings)
        {
            unknown = codings;
            return false;
        }

        foreach (var name in names.Reverse())
        {
            Stream? next = name.ToLowerInvariant() switch
            {
                "identity" => decoded,
                "gzip" or "x-gzip" => new GZipStream(decoded, CompressionMode.Decompress),
                "deflate" => new ZLibStream(decoded, CompressionMode.Decompress),
                "br" => new BrotliStream(decoded, CompressionMode.Decompress),
                "zstd" => new DecompressionStream(decoded, leaveOpen: false),
                _ => null,
            };
            if (next is null)
            {
                unknown = name;
                return false;
            }

            decoded = next;
        }

        return true;
    }

    static string Quoted(string name) => CallIds.Printable(name);
}
