using System.Globalization;
using System.Text.Json;
using Tutti.Batching.References;

namespace Tutti.Batching.Conditions;

/// <summary>One part of a condition. Its value is null, a truth, a number or a text; what is missing is null, as in OData.</summary>
internal abstract record ConditionNode
{
    public abstract object? Evaluate(AnswerValues values);

    /// <summary>A value that stands in the condition itself.</summary>
    internal sealed record Literal(object? Value) : ConditionNode
    {
        public override object? Evaluate(AnswerValues values) => Value;
    }

    /// <summary>A value of an earlier answer.</summary>
    internal sealed record Lookup(Reference Reference) : ConditionNode
    {
        public override object? Evaluate(AnswerValues values)
        {
            if (values.Json(Reference, out _) is not { } json)
            {
                return null;
            }

            var reader = new Utf8JsonReader(json.Span);
            reader.Read();
            return reader.TokenType switch
            {
                JsonTokenType.True => true,
                JsonTokenType.False => false,
                JsonTokenType.Null => null,
                JsonTokenType.Number => double.Parse(reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture),
                _ => values.Text(Reference, out _),
            };
        }
    }

    /// <summary>The opposite of a truth.</summary>
    internal sealed record Not(ConditionNode Of) : ConditionNode
    {
        public override object? Evaluate(AnswerValues values) => Of.Evaluate(values) is bool truth ? !truth : null;
    }

    /// <summary>True where all of its parts are. A list, not pairs of pairs: a batch may hold more of them than a stack is deep.</summary>
    internal sealed record All(IReadOnlyList<ConditionNode> Parts) : ConditionNode
    {
        public override object? Evaluate(AnswerValues values) => Parts.All(part => part.Evaluate(values) is true);
    }

    /// <summary>True where one of its parts is.</summary>
    internal sealed record Any(IReadOnlyList<ConditionNode> Parts) : ConditionNode
    {
        public override object? Evaluate(AnswerValues values) => Parts.Any(part => part.Evaluate(values) is true);
    }

    /// <summary>Two values and how they are compared.</summary>
    internal sealed record Comparison(string Operator, ConditionNode Left, ConditionNode Right) : ConditionNode
    {
        public override object? Evaluate(AnswerValues values)
        {
            var left = Left.Evaluate(values);
            return Operator switch
            {
                "eq" => Equals(left, Right.Evaluate(values)),
                "ne" => !Equals(left, Right.Evaluate(values)),
                _ => Compare(left, Right.Evaluate(values)),
            };
        }

        bool Compare(object? left, object? right)
        {
            int? order = (left, right) switch
            {
                (double a, double b) => a.CompareTo(b),
                (string a, string b) => string.CompareOrdinal(a, b),
                _ => null,
            };
            return order is { } sign && Operator switch { "gt" => sign > 0, "ge" => sign >= 0, "lt" => sign < 0, _ => sign <= 0 };
        }
    }
}
