using System.Collections.Concurrent;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Caching.Marks;

/// <summary>The invalidations of one part: of all its answers, and of those to one value of a param.</summary>
internal sealed class PartMarks(MarkBudget budget)
{
    /// <summary>So many values are told apart; beyond them the whole part is invalidated, which is more than was asked for and never less.</summary>
    const int MostValues = 10_000;

    readonly ConcurrentDictionary<(string Param, string Value), Mark> _values = new();
    int _count;
    long _latest;

    public Mark Whole { get; } = new();

    /// <summary>The number of the last invalidation of anything of the part.</summary>
    public long Latest => Volatile.Read(ref _latest);

    public void Raised(long sequence) => Mark.Max(ref _latest, sequence);

    public IEnumerable<Mark> All => _values.Values.Append(Whole);

    /// <summary>The mark of the answers to one value of a param.</summary>
    public Mark OfValue(string param, string value)
    {
        if (_values.TryGetValue((param, value), out var known))
        {
            return known;
        }

        if (Volatile.Read(ref _count) >= MostValues || !budget.TryTake(value))
        {
            return Whole;
        }

        var mark = new Mark();
        var kept = _values.GetOrAdd((param, value), mark);
        if (ReferenceEquals(kept, mark))
        {
            Interlocked.Increment(ref _count);
        }

        return kept;
    }

    public Mark? FindValue(string param, string value) => _values.GetValueOrDefault((param, value));

    /// <summary>What is left of an answer to these values.</summary>
    public Validity Of(long sequence, PartModel part, ParamValues values)
    {
        var validity = Whole.Of(sequence);
        if (Volatile.Read(ref _count) == 0 || validity == Validity.Gone)
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
        var validity = Whole.OfShared(sequence);
        for (var values = new KeyValues(key); Volatile.Read(ref _count) > 0 && values.Next();)
        {
            if (FindValue(part.Params[values.Param].Name, values.Value) is { } mark)
            {
                validity = validity.OrWorse(mark.OfShared(sequence));
            }
        }

        return validity;
    }
}
