namespace Tutti.Gateway.Caching.Marks;

/// <summary>
/// Marks of things that there may be any number of, by their hashes: a fixed number, so that nothing fills it. What shares a mark is
/// invalidated together, which is more than was asked for and never less.
/// </summary>
internal sealed class HashedMarks : MarkSet
{
    public const int Most = 1 << 16;

    Mark?[]? _marks;

    public bool IsEmpty => Volatile.Read(ref _marks) is null;

    public override IEnumerable<Mark> All => (Volatile.Read(ref _marks) ?? []).OfType<Mark>();

    public Mark? Find(uint hash) => Volatile.Read(ref _marks) is { } marks ? Volatile.Read(ref marks[PlaceOf(hash)]) : null;

    public Mark Reach(uint hash)
    {
        var marks = Volatile.Read(ref _marks) ?? Interlocked.CompareExchange(ref _marks, new Mark[Most], null) ?? _marks;
        ref var place = ref marks[PlaceOf(hash)];
        return Volatile.Read(ref place) ?? Interlocked.CompareExchange(ref place, new Mark(), null) ?? place;
    }

    static uint PlaceOf(uint hash) => (hash ^ (hash >> 16)) % Most;
}
