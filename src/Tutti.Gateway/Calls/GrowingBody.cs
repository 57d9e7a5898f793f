namespace Tutti.Gateway.Calls;

/// <summary>A body that is read into memory once and followed by any number of readers, from its first byte on and while it still grows.</summary>
internal sealed class GrowingBody
{
    const int FirstSize = 4 * 1024;

    /// <summary>No more than this is set aside on the word of a Content-Length alone.</summary>
    const int MostTrusted = 64 * 1024;

    readonly Lock _change = new();
    byte[] _bytes = [];
    int _length;
    bool _hasEnded;
    TaskCompletionSource? _news;

    /// <summary>Why the body is not complete; null while it grows and once it is.</summary>
    public PartOutcome? Failure { get; private set; }

    public int Length => Volatile.Read(ref _length);

    /// <summary>All of it, once it has ended.</summary>
    public ReadOnlyMemory<byte> Whole => _bytes.AsMemory(0, _length);

    /// <summary>Makes room for as much as the backend says it will send.</summary>
    public void Expect(long? bytes) => _bytes = new byte[Math.Min(bytes ?? FirstSize, MostTrusted)];

    /// <summary>Where the next bytes go. Readers hold on to older arrays, so what was filled stays as it is.</summary>
    public Memory<byte> Room()
    {
        if (_length == _bytes.Length)
        {
            var larger = new byte[Math.Max(FirstSize, _bytes.Length * 2)];
            _bytes.AsSpan(0, _length).CopyTo(larger);
            lock (_change)
            {
                _bytes = larger;
            }
        }

        return _bytes.AsMemory(_length);
    }

    public void Advance(int count) => Tell(count, hasEnded: false, null);

    public void End(PartOutcome? failure) => Tell(0, hasEnded: true, failure);

    /// <summary>What is there beyond the bytes that were read already; waits for it if need be.</summary>
    /// <returns>Empty at the end; <see cref="Failure"/> then says whether it is a good one.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(int from, CancellationToken ct)
    {
        while (true)
        {
            Task news;
            lock (_change)
            {
                if (_length > from)
                {
                    return _bytes.AsMemory(from, _length - from);
                }

                if (_hasEnded)
                {
                    return ReadOnlyMemory<byte>.Empty;
                }

                _news ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                news = _news.Task;
            }

            await news.WaitAsync(ct);
        }
    }

    void Tell(int count, bool hasEnded, PartOutcome? failure)
    {
        TaskCompletionSource? news;
        lock (_change)
        {
            _length += count;
            _hasEnded = hasEnded;
            Failure = failure;
            news = _news;
            _news = null;
        }

        news?.SetResult();
    }
}
