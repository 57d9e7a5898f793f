using System.Globalization;
using System.Text;
using Tutti.Batching.References;

namespace Tutti.Batching.Conditions;

/// <summary>
/// Reads a condition: <c>$user/$succeeded and $user/age ge 18</c>. Comparisons, and, or, not, brackets, texts, numbers, true, false, null;
/// <c>$id/path</c> looks into a body, and <c>{$responses.id.status}</c> is understood as everywhere.
/// </summary>
internal sealed class ConditionReader(string text, Dictionary<string, int> index)
{
    const int MaxDepth = 32;

    static readonly string[] Comparisons = ["eq", "ne", "gt", "ge", "lt", "le"];

    readonly List<Reference> _references = [];
    int _at;
    int _depth;

    /// <returns>Null where the text cannot be read; why is told.</returns>
    public static Condition? Read(string text, Dictionary<string, int> index, out string? fault)
    {
        var reader = new ConditionReader(text, index);
        try
        {
            var root = reader.Or();
            reader.SkipSpaces();
            fault = reader._at < text.Length ? $"'{text[reader._at..]}' was not expected" : null;
            return fault is null ? new Condition(root, reader._references) : null;
        }
        catch (FormatException e)
        {
            fault = e.Message;
            return null;
        }
    }

    ConditionNode Or()
    {
        var parts = Parts("or", And);
        return parts is [var one] ? one : new ConditionNode.Any(parts);
    }

    ConditionNode And()
    {
        var parts = Parts("and", Comparison);
        return parts is [var one] ? one : new ConditionNode.All(parts);
    }

    List<ConditionNode> Parts(string between, Func<ConditionNode> read)
    {
        List<ConditionNode> parts = [read()];
        while (Takes(between))
        {
            parts.Add(read());
        }

        return parts;
    }

    ConditionNode Comparison()
    {
        var left = Single();
        return Array.Find(Comparisons, Takes) is { } found ? new ConditionNode.Comparison(found, left, Single()) : left;
    }

    ConditionNode Single()
    {
        SkipSpaces();
        if (++_depth > MaxDepth)
        {
            throw new FormatException("the condition is nested too deeply");
        }

        var node = Takes("not") ? new ConditionNode.Not(Single())
            : Peek() == '(' ? Bracket()
            : Peek() == '\'' ? new ConditionNode.Literal(Quoted())
            : Peek() == '$' ? Lookup()
            : Peek() == '{' ? Braced()
            : Word();
        _depth--;
        return node;
    }

    ConditionNode Bracket()
    {
        _at++;
        var inner = Or();
        SkipSpaces();
        if (Peek() != ')')
        {
            throw new FormatException("a bracket is not closed");
        }

        _at++;
        return inner;
    }

    string Quoted()
    {
        var value = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] != '\'')
            {
                value.Append(text[_at]);
            }
            else if (_at + 1 < text.Length && text[_at + 1] == '\'')
            {
                value.Append(text[_at++]);
            }
            else
            {
                _at++;
                return value.ToString();
            }
        }

        throw new FormatException("a text is not closed");
    }

    ConditionNode.Lookup Lookup()
    {
        var written = Take(static c => c is not (' ' or ')' or '('));
        var steps = written[1..].Split('/');
        if (!index.TryGetValue(steps[0], out var position))
        {
            throw new FormatException($"'{written}' refers to '{steps[0]}', which no request has as its id");
        }

        return Looked(steps is [_, "$succeeded"]
            ? new Reference(position, written, ReferenceKind.Succeeded, [])
            : new Reference(position, written, ReferenceKind.Body, steps[1..]));
    }

    ConditionNode.Lookup Braced()
    {
        var written = Take(static c => c != '}');
        if (Peek() != '}' || !written.StartsWith("{$responses.", StringComparison.Ordinal))
        {
            throw new FormatException($"'{written}' is no reference");
        }

        _at++;
        return Looked(Reference.Read(written[1..], index, out var fault) ?? throw new FormatException(fault));
    }

    ConditionNode.Lookup Looked(Reference reference)
    {
        _references.Add(reference);
        return new ConditionNode.Lookup(reference);
    }

    ConditionNode.Literal Word()
    {
        var word = Take(static c => c is not (' ' or ')' or '('));
        return word switch
        {
            "true" => new ConditionNode.Literal(true),
            "false" => new ConditionNode.Literal(false),
            "null" => new ConditionNode.Literal(null),
            _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => new ConditionNode.Literal(number),
            _ => throw new FormatException(word.Length == 0 ? "a value is missing" : $"'{word}' is not understood"),
        };
    }

    bool Takes(string word)
    {
        SkipSpaces();
        var end = _at + word.Length;
        if (!text.AsSpan(_at).StartsWith(word) || (end < text.Length && text[end] is not (' ' or '(')))
        {
            return false;
        }

        _at = end;
        return true;
    }

    string Take(Func<char, bool> isPart)
    {
        var from = _at;
        while (_at < text.Length && isPart(text[_at]))
        {
            _at++;
        }

        return text[from.._at];
    }

    void SkipSpaces()
    {
        while (Peek() == ' ')
        {
            _at++;
        }
    }

    char Peek() => _at < text.Length ? text[_at] : '\0';
}
