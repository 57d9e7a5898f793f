using System.Runtime.CompilerServices;

namespace Tutti.Gateway.Registry.Rules;

/// <summary>The shapes that most rules have.</summary>
internal static class FaultLists
{
    public static void Require(this List<Fault> faults, bool kept, string field, string message)
    {
        if (!kept)
        {
            faults.Add(new Fault(field, message));
        }
    }

    public static void RequireRange(this List<Fault> faults, double? value, double least, double most, string field)
    {
        if (value is { } number && !(number >= least && number <= most))
        {
            faults.Add(new Fault(field, most >= int.MaxValue ? Text($"Must be {least:N0} or more, not {number}") : Text($"Must be {least:N0} to {most:N0}, not {number}")));
        }
    }

    /// <summary>A name that stands in addresses and logs.</summary>
    public static void RequireName(this List<Fault> faults, string name, string field)
    {
        const int longest = 256;
        faults.Require(name.Length > 0, field, "Must not be empty");
        faults.Require(name.Length <= longest, field, Text($"Must have at most {longest} characters, not {name.Length}"));
        faults.Require(!name.Any(char.IsControl), field, "Must not hold control characters");
        faults.Require(!name.Contains('/', StringComparison.Ordinal), field, "Must not hold '/'");
        faults.Require(name is not ("." or ".."), field, "Must not be '.' or '..'");
        faults.RequireText(name, longest, field);
    }

    /// <summary>Text that databases and JSON can hold.</summary>
    public static void RequireText(this List<Fault> faults, string? text, int longest, string field)
    {
        if (text is null)
        {
            return;
        }

        faults.Require(text.Length <= longest || longest <= 256, field, Text($"Must have at most {longest:N0} characters, not {text.Length:N0}"));
        faults.Require(!text.Contains('\0', StringComparison.Ordinal), field, "Must not hold a NUL character");
        faults.Require(!HasLoneSurrogate(text), field, "Must not hold half a character (a lone surrogate)");
    }

    /// <summary>The faults that lie in no field which is known to be faulty already.</summary>
    public static IEnumerable<Fault> Outside(this IEnumerable<Fault> faults, IReadOnlyList<Fault> known)
    {
        if (known.Count == 0)
        {
            return faults;
        }

        var fields = known.Select(fault => fault.Field).ToHashSet(StringComparer.Ordinal);
        return faults.Where(fault => !Enclosing(fault.Field).Any(fields.Contains));
    }

    /// <summary>A field and those that it is part of: <c>a[0].b</c>, <c>a[0]</c>, <c>a</c>.</summary>
    static IEnumerable<string> Enclosing(string field)
    {
        for (var end = field.Length; end > 0; end = field.AsSpan(0, end).LastIndexOfAny('.', '['))
        {
            yield return field[..end];
        }
    }

    static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    return true;
                }

                i++;
            }
        }

        return false;
    }

    static string Text(DefaultInterpolatedStringHandler text) => text.ToStringAndClear();
}
