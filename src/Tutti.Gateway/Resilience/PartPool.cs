namespace Tutti.Gateway.Resilience;

/// <summary>A bulkhead that parts share: so many calls run, so many wait, the rest is refused at once.</summary>
internal sealed class PartPool(string key, int size, int queue)
{
    readonly Lock _change = new();
    readonly LinkedList<TaskCompletionSource<bool>> _waiting = new();
    int _size = size;
    int _queue = queue;
    int _active;
    int _maxActive;
    long _entered;

    public string Key => key;

    public int Size => _size;

    public int Queue => _queue;

    public int Active => Volatile.Read(ref _active);

    /// <summary>The most calls that ran at once since the start.</summary>
    public int MaxActive => Volatile.Read(ref _maxActive);

    public int Waiting => _waiting.Count;

    /// <summary>How many calls came in since the start.</summary>
    public long Entered => Volatile.Read(ref _entered);

    /// <summary>Takes a place if one is free.</summary>
    public bool TryEnter()
    {
        lock (_change)
        {
            if (_active >= _size)
            {
                return false;
            }

            Take();
            return true;
        }
    }

    /// <summary>Takes a place, waits for one, or is refused.</summary>
    /// <returns>Whether a place was taken; it must be left again.</returns>
    public ValueTask<bool> EnterAsync(CancellationToken ct)
    {
        TaskCompletionSource<bool> turn;
        lock (_change)
        {
            if (_active < _size)
            {
                Take();
                return new ValueTask<bool>(true);
            }

            if (_waiting.Count >= _queue)
            {
                return new ValueTask<bool>(false);
            }

            turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.AddLast(turn);
        }

        return WaitAsync(turn, ct);
    }

    /// <summary>Gives a place back, to the one who waits longest.</summary>
    public void Leave()
    {
        lock (_change)
        {
            _active--;
            Admit();
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

    /// <exception cref="OperationCanceledException">The time is up or the caller left; no place is held.</exception>
    async ValueTask<bool> WaitAsync(TaskCompletionSource<bool> turn, CancellationToken ct)
    {
        await using var registration = ct.UnsafeRegister(static state => ((TaskCompletionSource<bool>)state!).TrySetCanceled(), turn);
        try
        {
            return await turn.Task;
        }
        catch (OperationCanceledException)
        {
            lock (_change)
            {
                _waiting.Remove(turn);
            }

            throw;
        }
    }

    void Admit()
    {
        while (_active < _size && _waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            if (first.Value.TrySetResult(true))
            {
                Take();
            }
        }
    }

    void Take()
    {
        _active++;
        _entered++;
        _maxActive = Math.Max(_maxActive, _active);
    }
}
