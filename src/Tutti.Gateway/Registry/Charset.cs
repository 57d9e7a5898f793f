using System.Text;

namespace Tutti.Gateway.Registry;

/// <summary>Looks encodings up by the charset names that bodies and registrations use.</summary>
internal static class Charset
{
    /// <summary>The strict encoding of that name, or null if it is unknown. UTF-7 counts as unknown: it smuggles markup past filters.</summary>
    public static Encoding? Find(string name)
    {
        if (name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || name.Equals("utf8", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? (name.Equals("utf-7", StringComparison.OrdinalIgnoreCase)
                    ? null
                    : Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
