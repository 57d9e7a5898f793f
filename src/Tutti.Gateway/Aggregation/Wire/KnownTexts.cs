using System.Text;

namespace Tutti.Gateway.Aggregation.Wire;

/// <summary>Keeps the short texts that recur in requests, ids of parts and names of params, so that each request need not make them anew.</summary>
internal static class KnownTexts
{
    const int Longest = 64;
    const int Slots = 16_384;

    static readonly string?[] Texts = new string?[Slots];

    /// <summary>The text of valid UTF-8 bytes.</summary>
    public static string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Longest)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref var slot = ref Texts[(uint)hash.ToHashCode() % Slots];
        if (slot is { } known && Ascii.Equals(utf8, known))
        {
            return known;
        }

        // A text that meets another in its slot takes its place; two that alternate are made each time, as without.
        return slot = Encoding.UTF8.GetString(utf8);
    }
}
