using System.Globalization;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Tutti.Gateway.Telemetry;

/// <summary>Ocean's <c>X-Metadata</c>: what a caller says that its request belongs to. It goes on to all that the request causes.</summary>
internal static class MetadataField
{
    public const string Name = "X-Metadata";

    /// <summary>The tag of spans and measurements.</summary>
    public const string Tag = "tutti.metadata";

    /// <summary>In characters, not in bytes.</summary>
    const int MaxLength = 128;

    public static bool IsIt(string name) => name.Equals(Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value, which was found to be usable when the request came in; null if there is none.</summary>
    public static string? Of(IHeaderDictionary headers) => headers[Name] is [{ Length: > 0 } value] ? value : null;

    /// <summary>What is wrong with it; null if nothing is.</summary>
    public static string? Fault(StringValues values) =>
        values is not [{ } value] ? "X-Metadata is given twice"
        : Length(value) > MaxLength ? $"X-Metadata has more than {MaxLength} characters"
        : value.Any(BreaksLines) ? "X-Metadata must not hold control characters"
        : null;

    /// <summary>A character beyond the basic plane is one, though it takes two places in a string.</summary>
    static int Length(string value) => value.Length <= MaxLength ? value.Length : value.EnumerateRunes().Count();

    static bool BreaksLines(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>How the field is written towards backends: in the encoding in which it is read. ASCII, the default, would refuse the rest.</summary>
    public static Encoding? EncodingOf(string field) => field.Length == Name.Length && IsIt(field) ? Encoding.UTF8 : null;
}
