using System.Buffers;

namespace Tutti.Gateway.Edge.Json;

/// <summary>A body that is held back, within what all bodies together may hold.</summary>
internal sealed class HeldBytes(HeldBudget budget, int limit) : IDisposable
{
    const int Least = 4 * 1024;

    byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>Adds what came.</summary>
    /// <param name="expected">How many bytes the body says that it has; 0 if it does not say.</param>
    public HeldEnd Add(in ReadOnlySequence<byte> more, long expected)
    {
        if (Length + more.Length > limit)
        {
            return HeldEnd.TooLarge;
        }

        var needed = Length + (int)more.Length;
        if (needed > _bytes.Length && !TryGrow(Math.Max(needed, Math.Min(limit, Math.Max(Least, Math.Max(expected, _bytes.Length * 2L))))))
        {
            return HeldEnd.NoRoom;
        }

        more.CopyTo(_bytes.AsSpan(Length));
        Length = needed;
        return HeldEnd.Held;
    }

    public Stream ToStream() => new MemoryStream(_bytes, 0, Length, writable: false);

    public void Dispose()
    {
        budget.Return(_bytes.Length);
        ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, Length) = ([], 0);
    }

    bool TryGrow(long size)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)size);
        if (!budget.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        Span.CopyTo(larger);
        budget.Return(_bytes.Length);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
        return true;
    }
}
