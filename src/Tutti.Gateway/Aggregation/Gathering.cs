using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Aggregation;

/// <summary>Collects the outcomes of one request's calls until all are there or nobody waits any more.</summary>
internal sealed class Gathering(List<PlannedCall> calls, AggregateDeadlines deadlines)
{
    readonly PartOutcome?[] _outcomes = new PartOutcome?[calls.Count];
    readonly TaskCompletionSource _done = new();
    readonly Lock _change = new();
    int _open = calls.Count;
    int _users = calls.Count + 1;
    bool _isClosed;

    /// <summary>Completes when every call has ended or the gathering was closed; fails if the program did.</summary>
    public Task Done => _done.Task;

    /// <summary>Takes the outcome of a call. One that comes too late is let go.</summary>
    public void Settle(int index, PartOutcome outcome)
    {
        bool isLast, isTooLate;
        lock (_change)
        {
            isTooLate = _isClosed;
            isLast = !isTooLate && --_open == 0;
            if (!isTooLate)
            {
                _outcomes[index] = outcome;
            }
        }

        if (isTooLate)
        {
            outcome.Dispose();
        }

        if (isLast)
        {
            _done.TrySetResult();
        }

        Release();
    }

    /// <summary>A call ended in a mistake of this program.</summary>
    public void Break(Exception mistake)
    {
        _done.TrySetException(mistake);
        Release();
    }

    /// <summary>Stops waiting. What is still open counts as out of time.</summary>
    public void Close()
    {
        lock (_change)
        {
            if (_isClosed || _open == 0)
            {
                return;
            }

            _isClosed = true;
            for (var i = 0; i < _outcomes.Length; i++)
            {
                _outcomes[i] ??= LocalContents.InsteadOf(deadlines.OutOfTime(), calls[i].Call.Part);
            }
        }

        _done.TrySetResult();
    }

    /// <summary>The outcomes in the order of the calls, once <see cref="Done"/>.</summary>
    public PartOutcome this[int call] => _outcomes[call]!;

    /// <summary>The request is answered: its outcomes are let go.</summary>
    public void Leave()
    {
        foreach (var outcome in _outcomes)
        {
            outcome?.Dispose();
        }

        Release();
    }

    void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            deadlines.Dispose();
        }
    }
}
