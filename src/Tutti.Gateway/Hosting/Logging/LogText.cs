using System.Globalization;
using System.Text;

namespace Tutti.Gateway.Hosting.Logging;

/// <summary>Makes text safe for a log that people read as lines.</summary>
internal static class LogText
{
    const int Longest = 4_096;

    /// <summary>The text as one line: what would break or colour it is written as <c>\u001B</c>, and what is too long is cut.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, Longest) + 16);
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, Longest)))
        {
            if (IsSafe(c))
            {
                line.Append(c);
            }
            else
            {
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            }
        }

        return text.Length > Longest ? line.Append(CultureInfo.InvariantCulture, $"… ({text.Length} characters)").ToString() : line.ToString();
    }

    /// <summary>Neither a control character nor one that breaks a line or turns the direction of writing.</summary>
    static bool IsSafe(char c) => char.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
