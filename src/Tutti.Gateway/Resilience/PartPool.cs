namespace Tutti.Gateway.Resilience;

/// <summary>
/// A bulkhead that parts share: so many calls run, so many wait in order, the rest is refused at once. Entering and leaving take no
/// lock while nobody waits.
/// </summary>
internal sealed class PartPool(string key, int size, int queue)
{
    const int ActiveBits = 24;
    const long OneEntered = 1L << ActiveBits;

    readonly Lock _change = new();
    readonly LinkedList<TaskCompletionSource<bool>> _turns = new();
    volatile int _size = size;
    volatile int _queue = queue;

    /// <summary>How many calls run, in the low bits (16 million are never open at once), and above them how many came in: one step changes both.</summary>
    long _calls;
    int _waiting;
    int _maxActive;

    public string Key => key;

    public int Size => _size;

    public int Queue => _queue;

    public int Active => ActiveOf(Volatile.Read(ref _calls));

    /// <summary>The most calls that ran at once since the start.</summary>
    public int MaxActive => Volatile.Read(ref _maxActive);

    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>How many calls came in since the start.</summary>
    public long Entered => Volatile.Read(ref _calls) >> ActiveBits;

    /// <summary>Takes a place if one is free and nobody waits for it.</summary>
    public bool TryEnter() => Volatile.Read(ref _waiting) == 0 && TryTake();

    /// <summary>Takes a place, waits for one, or is refused.</summary>
    /// <returns>Whether a place was taken; it must be left again.</returns>
    /// <exception cref="OperationCanceledException">The time is up or the caller left; no place is held.</exception>
    public ValueTask<bool> EnterAsync(CancellationToken ct)
    {
        if (TryEnter())
        {
            return new ValueTask<bool>(true);
        }

        LinkedListNode<TaskCompletionSource<bool>> turn;
        lock (_change)
        {
            if (_waiting >= _queue)
            {
                return new ValueTask<bool>(_waiting == 0 && TryTake());
            }

            turn = _turns.AddLast(new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
            Interlocked.Increment(ref _waiting);

            // A place that was left just before the count was raised has told nobody.
            Admit();
        }

        return WaitAsync(turn, ct);
    }

    /// <summary>Gives a place back, to the one who waits longest.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref _calls);
        if (Volatile.Read(ref _waiting) > 0)
        {
            lock (_change)
            {
                Admit();
            }
        }
    }

    /// <summary>Takes over changed sizes; calls that run go on.</summary>
    public void Resize(int size, int queue)
    {
        lock (_change)
        {
            _size = size;
            _queue = queue;
            Admit();
        }
    }

    async ValueTask<bool> WaitAsync(LinkedListNode<TaskCompletionSource<bool>> turn, CancellationToken ct)
    {
        await using var registration = ct.UnsafeRegister(static state => ((TaskCompletionSource<bool>)state!).TrySetCanceled(), turn.Value);
        try
        {
            return await turn.Value.Task;
        }
        catch (OperationCanceledException)
        {
            lock (_change)
            {
                if (turn.List is not null)
                {
                    _turns.Remove(turn);
                    Interlocked.Decrement(ref _waiting);
                }
            }

            throw;
        }
    }

    /// <summary>Hands free places to those who wait. One who left in the meantime is passed over.</summary>
    void Admit()
    {
        while (_turns.First is { } first && TryTake())
        {
            _turns.RemoveFirst();
            Interlocked.Decrement(ref _waiting);
            if (!first.Value.TrySetResult(true))
            {
                Interlocked.Decrement(ref _calls);
            }
        }
    }

    bool TryTake()
    {
        for (var calls = Volatile.Read(ref _calls); ActiveOf(calls) < _size;)
        {
            var seen = Interlocked.CompareExchange(ref _calls, calls + OneEntered + 1, calls);
            if (seen == calls)
            {
                var active = ActiveOf(calls) + 1;
                if (active > _maxActive)
                {
                    Volatile.Write(ref _maxActive, active);
                }

                return true;
            }

            calls = seen;
        }

        return false;
    }

    static int ActiveOf(long calls) => (int)(calls & (OneEntered - 1));
}
