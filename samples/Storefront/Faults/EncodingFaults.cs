using System.IO.Compression;
using System.Text;

namespace Tutti.Samples.Storefront.Faults;

/// <summary>Content encodings that are wrong, unknown, rare or explosive.</summary>
public static class EncodingFaults
{
    const int BombBlocks = 1024;

    const string Text = "A compressed text that is long enough to be worth compressing, compressing, compressing.";

    static readonly byte[] BombHead = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];

    // An empty last block, the CRC-32 of 1 GiB of zeros, and 1 GiB as a number.
    static readonly byte[] BombTail = [3, 0, 0xB0, 0xC2, 0x64, 0x5B, 0, 0, 0, 0x40];

    static readonly Lazy<byte[]> BombBlock = new(DeflateZeros);

    /// <summary>The misbehaviours.</summary>
    public static IReadOnlyList<HttpFault> All { get; } =
    [
        new("gzip-bomb", "Sends about 1 MB of gzip that expands to 1 GiB.", ExplodeAsync),
        Write("corrupt-gzip", "Sends gzip whose first block is of no known type.", "gzip", Corrupt(Compress(Gzip))),
        Write("bad-checksum", "Sends gzip whose checksum is wrong.", "gzip", Falsify(Compress(Gzip))),
        Write("truncated-gzip", "Sends the first half of a gzip body.", "gzip", Halve(Compress(Gzip))),
        Write("wrong-encoding", "Says gzip and sends plain text.", "gzip", Encoding.ASCII.GetBytes(Text)),
        Write("unknown-encoding", "Says an encoding that does not exist.", "x-klingon", Encoding.ASCII.GetBytes(Text)),
        Write("brotli", "Sends brotli, asked or not.", "br", Compress(Brotli)),
        Write("zstd", "Sends zstd, asked or not.", "zstd", Frame(Encoding.ASCII.GetBytes(Text))),
    ];

    static HttpFault Write(string name, string sentence, string encoding, byte[] body) => new(name, sentence, context =>
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.ContentEncoding = encoding;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    });

    static async Task ExplodeAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.ContentEncoding = "gzip";
        var (output, ct) = (context.Response.Body, context.RequestAborted);
        await output.WriteAsync(BombHead, ct);
        for (var sent = 0; sent < BombBlocks; sent++)
        {
            await output.WriteAsync(BombBlock.Value, ct);
        }

        await output.WriteAsync(BombTail, ct);
    }

    static byte[] DeflateZeros()
    {
        var deflated = new MemoryStream();
        using var stream = new DeflateStream(deflated, CompressionLevel.Optimal);
        stream.Write(new byte[1024 * 1024]);
        // A flush ends the block on a byte without ending the data, so that the same bytes can follow again.
        stream.Flush();
        return deflated.ToArray();
    }

    static byte[] Compress(Func<Stream, Stream> over)
    {
        var compressed = new MemoryStream();
        using (var stream = over(compressed))
        {
            stream.Write(Encoding.ASCII.GetBytes(Text));
        }

        return compressed.ToArray();
    }

    static GZipStream Gzip(Stream stream) => new(stream, CompressionLevel.Optimal);

    static BrotliStream Brotli(Stream stream) => new(stream, CompressionLevel.Optimal);

    // RFC 1952: ten bytes of header, then the deflated data; a block type of 3 in its first byte does not exist.
    static byte[] Corrupt(byte[] gzip)
    {
        gzip[10] |= 0b110;
        return gzip;
    }

    // RFC 1952: the checksum begins eight bytes before the end.
    static byte[] Falsify(byte[] gzip)
    {
        gzip[^8] ^= 0xFF;
        return gzip;
    }

    static byte[] Halve(byte[] bytes) => bytes[..(bytes.Length / 2)];

    // RFC 8878: magic number, a header with a one-byte content size, one raw block that is the last.
    static byte[] Frame(byte[] content) =>
        [0x28, 0xB5, 0x2F, 0xFD, 0x20, (byte)content.Length, (byte)((content.Length << 3) | 1), (byte)(content.Length >> 5), 0, .. content];
}
