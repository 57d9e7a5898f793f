using System.Globalization;
using System.Text;
using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Rules.Structured;

/// <summary>Writes bare items (RFC 9651, 4.1).</summary>
internal static class StructuredText
{
    /// <summary>Whether a text can be a string: printable ASCII.</summary>
    public static bool IsString(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    public static bool IsToken(string text) => FieldText.IsToken(text.Replace(':', '.').Replace('/', '.')) && (char.IsAsciiLetter(text[0]) || text[0] == '*');

    public static StringBuilder AppendTokenOrString(this StringBuilder builder, string text) =>
        IsToken(text) ? builder.Append(text) : builder.AppendString(text);

    public static StringBuilder AppendString(this StringBuilder builder, string text) =>
        builder.Append('"').Append(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');

    public static StringBuilder AppendInteger(this StringBuilder builder, long number) =>
        builder.Append(CultureInfo.InvariantCulture, $"{Math.Clamp(number, -999_999_999_999_999, 999_999_999_999_999)}");
}
