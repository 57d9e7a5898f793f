namespace Tutti.Gateway.Caching.Marks;

/// <summary>Bounds the marks of things that clients name: whoever may invalidate could otherwise fill the memory with names.</summary>
internal sealed class MarkBudget
{
    /// <summary>So many things are told apart; beyond them more is invalidated than was asked for, and never less.</summary>
    public const int Most = 100_000;

    /// <summary>No longer name is kept, in characters.</summary>
    public const int LongestName = 256;

    int _taken;

    public int Taken => Math.Min(Volatile.Read(ref _taken), Most);

    public bool TryTake(string name)
    {
        if (name.Length > LongestName || Volatile.Read(ref _taken) >= Most)
        {
            return false;
        }

        return Interlocked.Increment(ref _taken) <= Most;
    }
}
