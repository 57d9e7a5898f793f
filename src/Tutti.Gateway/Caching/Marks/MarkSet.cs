namespace Tutti.Gateway.Caching.Marks;

/// <summary>Marks that belong together, with the number of the last invalidation of any of them.</summary>
internal abstract class MarkSet
{
    long _latest;

    /// <summary>The number of the last invalidation of anything in it.</summary>
    public long Latest => Volatile.Read(ref _latest);

    public abstract IEnumerable<Mark> All { get; }

    public void Raised(long sequence) => Mark.Max(ref _latest, sequence);
}
