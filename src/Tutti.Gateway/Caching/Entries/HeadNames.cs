using System.Collections.Frozen;

namespace Tutti.Gateway.Caching.Entries;

/// <summary>
/// The numbers under which common header names are kept. They are part of the stored format: a number is never given to another name,
/// and new names go to the end.
/// </summary>
internal static class HeadNames
{
    /// <summary>Before a name that has no number.</summary>
    public const byte Other = 0;

    /// <summary>The largest number; the bit above it marks a date.</summary>
    public const byte Last = 0x7F;

    static readonly string[] Names =
    [
        "", "Content-Type", "Date", "Cache-Control", "ETag", "Last-Modified", "Expires", "Vary", "Server", "Content-Language",
        "Content-Location", "Content-Disposition", "Link", "Location", "Age", "Via", "Cache-Groups", "CDN-Cache-Control", "Tutti-Cache-Control",
        "Cache-Status", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Strict-Transport-Security", "X-Content-Type-Options",
        "X-Frame-Options", "Content-Security-Policy", "X-Powered-By", "X-Request-Id", "Retry-After", "Warning", "Pragma", "Accept-Ranges",
    ];

    static readonly FrozenDictionary<string, byte> Numbers =
        Names.Skip(1).Select((name, i) => KeyValuePair.Create(name, (byte)(i + 1))).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static byte NumberOf(string name) => Numbers.GetValueOrDefault(name, Other);

    /// <returns>Null for a number that this version does not know.</returns>
    public static string? Of(byte number) => number > Other && number < Names.Length ? Names[number] : null;
}
