using System.Globalization;

namespace Tutti.Gateway.Caching.Rules.Fields;

/// <summary>
/// Dates on the wire, in the three forms of RFC 9110, 5.6.7. Case does not matter and no zone but GMT counts (RFC 9111, 4.2);
/// the day's name is not compared with the date.
/// </summary>
internal static class HttpDate
{
    const string Zone = " GMT";

    static readonly string[] ShortDays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    static readonly string[] LongDays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    static readonly string[] AscTimes = ["MMM dd HH:mm:ss yyyy", "MMM  d HH:mm:ss yyyy"];

    public static string Write(DateTimeOffset date) => date.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The date; null where there is none. A year of two digits is the one nearest to <paramref name="now"/>'s that is not beyond 50 years.</summary>
    public static DateTimeOffset? Parse(string? value, DateTimeOffset now)
    {
        if (value is null)
        {
            return null;
        }

        var text = FieldText.Trim(value);
        var comma = text.IndexOf(',');
        if (comma < 0)
        {
            return AscTime(text);
        }

        if (!text.EndsWith(Zone, StringComparison.OrdinalIgnoreCase) || text.Length < comma + 2 + Zone.Length || text[comma + 1] != ' ')
        {
            return null;
        }

        var day = text[..comma];
        var rest = text[(comma + 2)..^Zone.Length];
        return IsOneOf(day, ShortDays) ? Exact(rest, "dd MMM yyyy HH:mm:ss") : IsOneOf(day, LongDays) ? Rfc850(rest, now) : null;
    }

    static DateTimeOffset? AscTime(ReadOnlySpan<char> text)
    {
        if (text.Length < 4 || text[3] != ' ' || !IsOneOf(text[..3], ShortDays))
        {
            return null;
        }

        return Exact(text[4..], AscTimes[0]) ?? Exact(text[4..], AscTimes[1]);
    }

    /// <summary><c>06-Nov-94 08:49:37</c>: the century is guessed.</summary>
    static DateTimeOffset? Rfc850(ReadOnlySpan<char> text, DateTimeOffset now)
    {
        if (text.Length != 18 || !char.IsAsciiDigit(text[7]) || !char.IsAsciiDigit(text[8]))
        {
            return null;
        }

        var year = now.Year - (now.Year % 100) + ((text[7] - '0') * 10) + (text[8] - '0');
        return InYear(text, year) is { } date && date > now.AddYears(50) ? InYear(text, year - 100) : InYear(text, year) ?? InYear(text, year - 100);
    }

    static DateTimeOffset? InYear(ReadOnlySpan<char> text, int year) =>
        Exact(string.Create(CultureInfo.InvariantCulture, $"{text[..7]}{year:0000}{text[9..]}"), "dd-MMM-yyyy HH:mm:ss");

    static DateTimeOffset? Exact(ReadOnlySpan<char> text, string format) =>
        DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    static bool IsOneOf(ReadOnlySpan<char> day, string[] days)
    {
        foreach (var name in days)
        {
            if (day.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
