using System.Collections.Frozen;
using System.Text;
using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Entries;

/// <summary>
/// The numbers under which common header lines are kept whole, as in HPACK's static table (RFC 7541, appendix A). They are part of the
/// stored format: a number is never given to another line, and new lines go to the end.
/// </summary>
internal static class HeadLines
{
    /// <summary>Below are the numbers of names.</summary>
    public const byte First = 0x40;

    static readonly HeaderField[] Lines =
    [
        new("Content-Type", "application/json"), new("Content-Type", "application/json; charset=utf-8"),
        new("Content-Type", "application/json;charset=utf-8"), new("Content-Type", "application/json; charset=UTF-8"),
        new("Content-Type", "application/json;charset=UTF-8"), new("Content-Type", "application/problem+json"),
        new("Content-Type", "text/html"), new("Content-Type", "text/html; charset=utf-8"), new("Content-Type", "text/html;charset=utf-8"),
        new("Content-Type", "text/html; charset=UTF-8"), new("Content-Type", "text/html;charset=UTF-8"), new("Content-Type", "text/plain"),
        new("Content-Type", "text/plain; charset=utf-8"), new("Content-Type", "text/plain;charset=utf-8"),
        new("Content-Type", "text/plain; charset=UTF-8"), new("Content-Type", "text/plain;charset=UTF-8"),
        new("Content-Type", "application/xml"), new("Content-Type", "text/xml"), new("Content-Type", "text/css"),
        new("Content-Type", "text/javascript"), new("Content-Type", "image/png"), new("Content-Type", "image/jpeg"),
        new("Content-Type", "image/svg+xml"), new("Content-Type", "image/webp"),
        new("Cache-Control", "no-cache"), new("Cache-Control", "public"), new("Cache-Control", "max-age=10"), new("Cache-Control", "max-age=60"),
        new("Cache-Control", "max-age=300"), new("Cache-Control", "max-age=600"), new("Cache-Control", "max-age=3600"),
        new("Cache-Control", "max-age=86400"), new("Cache-Control", "public, max-age=60"), new("Cache-Control", "public, max-age=300"),
        new("Cache-Control", "public, max-age=3600"), new("Cache-Control", "public, max-age=86400"),
        new("Server", "nginx"), new("Server", "Kestrel"), new("Server", "Apache"), new("Server", "envoy"), new("Server", "gunicorn"),
        new("Vary", "Accept-Encoding"), new("Vary", "Origin"), new("Vary", "Accept"), new("Access-Control-Allow-Origin", "*"),
        new("X-Content-Type-Options", "nosniff"), new("X-Powered-By", "Express"), new("Accept-Ranges", "bytes"), new("Content-Language", "en"),
    ];

    static readonly byte[][] Values = [.. Lines.Select(line => Encoding.Latin1.GetBytes(line.Value))];

    static readonly FrozenDictionary<HeaderField, byte> Numbers =
        Lines.Select((line, i) => KeyValuePair.Create(line, (byte)(First + i))).ToFrozenDictionary();

    /// <returns>0 for a line that has no number.</returns>
    public static byte NumberOf(HeaderField line) => Numbers.GetValueOrDefault(line);

    public static bool IsKnown(byte number) => number >= First && number - First < Lines.Length;

    public static HeaderField Of(byte number) => Lines[number - First];

    /// <summary>The value in Latin-1.</summary>
    public static ReadOnlySpan<byte> ValueOf(byte number) => Values[number - First];
}
