using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tutti.Gateway.Caching.Store;

/// <summary>
/// Finds entries by hash. It grows by one bucket at a time (linear hashing), so no addition waits for a table to be copied. Look-ups
/// take no lock; changes come one at a time.
/// </summary>
internal sealed class BucketTable<TEntry>
    where TEntry : StoredEntry
{
    const int SegmentBits = 9;
    const int SegmentSize = 1 << SegmentBits;

    Bucket[][] _segments = [new Bucket[SegmentSize]];

    // Twice the number of buckets, and one more while a bucket is split.
    int _shape = SegmentSize * 2;

    /// <summary>What a look-up goes by. Odd while entries change their bucket, and then different.</summary>
    public int Shape => Volatile.Read(ref _shape);

    /// <summary>Whether a look-up that began with this shape and found nothing is right: no entry changed its bucket meanwhile.</summary>
    public bool IsStill(int shape) => (shape & 1) == 0 && shape == Volatile.Read(ref _shape);

    /// <param name="shape">The shape before the look-up. What is found is right in any case, what is not only if it is still the same.</param>
    public TEntry? Find<TKey>(scoped ref TKey key, int shape)
        where TKey : struct, IEntryKey<TEntry>, allows ref struct
    {
        var hash = key.Hash;
        for (var entry = Volatile.Read(ref First(hash, shape >> 1)); entry is not null; entry = Volatile.Read(ref entry.Chain))
        {
            if (entry.Hash == hash && key.Matches(Unsafe.As<TEntry>(entry)))
            {
                return Unsafe.As<TEntry>(entry);
            }
        }

        return null;
    }

    public void Insert(TEntry entry)
    {
        ref var first = ref First(entry.Hash, _shape >> 1);
        entry.Chain = first;
        Volatile.Write(ref first, entry);
    }

    /// <summary>Puts an entry in the place of its equal, in one step: no look-up misses both.</summary>
    public void Replace(TEntry old, TEntry entry)
    {
        entry.Chain = old.Chain;
        Volatile.Write(ref LinkTo(old), entry);
    }

    /// <returns>Whether it was there.</returns>
    public bool Remove(StoredEntry entry)
    {
        ref var link = ref LinkTo(entry);
        if (link is null)
        {
            return false;
        }

        Volatile.Write(ref link, entry.Chain);
        return true;
    }

    /// <summary>Splits the next bucket in two if there are more entries than buckets.</summary>
    public void GrowTo(int entries)
    {
        var count = _shape >> 1;
        if (entries <= count)
        {
            return;
        }

        NeedSegment(count >> SegmentBits);
        Volatile.Write(ref _shape, (count << 1) + 1);
        Split(count);
        Volatile.Write(ref _shape, (count + 1) << 1);
    }

    /// <summary>The first entry of the bucket in which this hash belongs.</summary>
    public StoredEntry? FirstOf(int hash) => First(hash, _shape >> 1);

    /// <summary>Moves to the new bucket what belongs there. Links only ever point further down, so a look-up comes to an end.</summary>
    void Split(int added)
    {
        var parent = added - (1 << BitOperations.Log2((uint)added));
        ref var stays = ref At(parent);
        ref var moves = ref At(added);
        for (var entry = stays; entry is not null;)
        {
            var next = entry.Chain;
            if (IndexOf(entry.Hash, added + 1) == added)
            {
                Volatile.Write(ref moves, entry);
                moves = ref entry.Chain;
            }
            else
            {
                Volatile.Write(ref stays, entry);
                stays = ref entry.Chain;
            }

            entry = next;
        }

        Volatile.Write(ref stays, null);
        Volatile.Write(ref moves, null);
    }

    void NeedSegment(int index)
    {
        if (index == _segments.Length)
        {
            Volatile.Write(ref _segments, [.. _segments, new Bucket[SegmentSize]]);
        }
    }

    /// <summary>Where the entry hangs, or the end of its bucket.</summary>
    ref StoredEntry? LinkTo(StoredEntry entry)
    {
        ref var link = ref First(entry.Hash, _shape >> 1);
        while (link is not null && link != entry)
        {
            link = ref link.Chain;
        }

        return ref link;
    }

    ref StoredEntry? First(int hash, int count) => ref At(IndexOf(hash, count));

    ref StoredEntry? At(int index) => ref Volatile.Read(ref _segments)[index >> SegmentBits][index & (SegmentSize - 1)].First;

    /// <summary>The buckets up to the last power of two that were not split yet stand for two.</summary>
    static int IndexOf(int hash, int count)
    {
        var mask = (int)BitOperations.RoundUpToPowerOf2((uint)count) - 1;
        var index = hash & mask;
        return index < count ? index : index & (mask >> 1);
    }

    /// <summary>A place in the table. A struct, because a write to an array of a class that has heirs checks the type each time.</summary>
    struct Bucket
    {
        public StoredEntry? First;
    }
}
