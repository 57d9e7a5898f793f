using System.Buffers;
using System.Globalization;
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
    /// <param name="charset">The declared charset; null takes the part's default.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<BodyResult> ReadAsync(HttpResponseMessage response, PartModel part, string? charset, long limit, SilenceTimer silence)
    {
        var encoding = charset is null ? part.DefaultEncoding : Charset.Find(charset);
        if (encoding is null)
        {
            return BodyResult.Failed(PartFailure.Undecodable, $"The backend's charset '{Quoted(charset!)}' is unknown");
        }

        var declared = DeclaredLength(response);
        if (declared > limit)
        {
            return BodyResult.Failed(PartFailure.TooLarge, $"The body has {declared} bytes; at most {limit} are read");
        }

        var raw = await response.Content.ReadAsStreamAsync(silence.Token);
        var codings = Codings(response);
        if (!TryDecode(raw, codings, out var stream, out var unknown))
        {
            return BodyResult.Failed(PartFailure.Undecodable, $"The backend's content coding '{Quoted(unknown)}' is unknown");
        }

        await using (stream)
        {
            var isPlain = ReferenceEquals(raw, stream);
            return await ReadToEndAsync(stream, encoding, isPlain ? declared : null, limit, silence);
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
        var text = bytes.AsSpan(0, length);
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
            return BodyResult.Read(TextBody.Of(encoding.GetString(text)));
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

    /// <summary>Read from the text: the typed property of HttpClient keeps a parsed copy for each answer.</summary>
    static long? DeclaredLength(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Length", out var values)
        && long.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : null;

    static string? Codings(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values) ? values.ToString() : null;

    /// <summary>Wraps a decoder for each coding, the last applied first (RFC 9110, 8.4).</summary>
    static bool TryDecode(Stream raw, string? codings, out Stream decoded, out string unknown)
    {
        decoded = raw;
        unknown = "";
        if (codings is null)
        {
            return true;
        }

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
