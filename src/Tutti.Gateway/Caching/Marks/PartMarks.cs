using System.Text;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Caching.Marks;

/// <summary>The invalidations of one part: of all its answers, of those to one value of a param, and of single ones.</summary>
internal sealed class PartMarks(MarkBudget budget) : MarkSet
{
    /// <summary>So many values, and so many keys, are told apart; beyond them the whole part is invalidated, which is more than was asked for and never less.</summary>
    const int Most = 10_000;

    readonly NamedMarks<(string Param, string Value)> _values = new(budget, Most);
    readonly NamedMarks<string> _keys = new(budget, Most, StringComparer.Ordinal);

    public Mark Whole { get; } = new();

    public override IEnumerable<Mark> All => _values.All.Concat(_keys.All).Append(Whole);

    /// <summary>The mark of the answers to one value of a param.</summary>
    public Mark OfValue(string param, string value) => _values.Reach((param, value), value) ?? Whole;

    /// <summary>The mark of one answer.</summary>
    /// <param name="key">The bytes of its key, each as a character.</param>
    public Mark OfKey(string key) => _keys.Reach(key, key) ?? Whole;

    public Mark? FindValue(string param, string value) => _values.Find((param, value));

    public Mark? FindKey(ReadOnlySpan<byte> key)
    {
        if (_keys.IsEmpty || key.Length > MarkBudget.LongestName)
        {
            return null;
        }

        Span<char> text = stackalloc char[MarkBudget.LongestName];
        return _keys.FindAs<ReadOnlySpan<char>>(text[..Encoding.Latin1.GetChars(key, text)]);
    }

    /// <summary>What is left of an answer to these values.</summary>
    public Validity Of(long sequence, PartModel part, ParamValues values)
    {
        var validity = Whole.Of(sequence);
        if (_values.IsEmpty || validity == Validity.Gone)
        {
            return validity;
        }

        foreach (var param in part.Params)
        {
            foreach (var value in values.Of(param))
            {
                if (FindValue(param.Name, value) is { } mark)
                {
                    validity = validity.OrWorse(mark.Of(sequence));
                }
            }
        }

        return validity;
    }

    /// <summary>What is left of an answer from the cluster.</summary>
    /// <param name="sequence">The cluster's number when its fetch began.</param>
    /// <param name="key">The values to which it is the answer.</param>
    public Validity OfShared(long sequence, PartModel part, ReadOnlySpan<byte> key)
    {
        var validity = Whole.OfShared(sequence).OrWorse(FindKey(key)?.OfShared(sequence) ?? Validity.Valid);
        for (var values = new KeyValues(key); !_values.IsEmpty && values.Next();)
        {
            if (FindValue(part.Params[values.Param].Name, values.Value) is { } mark)
            {
                validity = validity.OrWorse(mark.OfShared(sequence));
            }
        }

        return validity;
    }
}
