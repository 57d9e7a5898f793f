namespace Tutti.Gateway.Caching.Cluster.Redis;

/// <summary>
/// Whether Redis is asked at all. Shut after a lost connection or a few failures in a row, so that callers do not pay for each; opened
/// only by the follower, which tries Redis at its own cost and catches up first.
/// </summary>
internal sealed class RedisGate(ILogger log)
{
    const int FailuresToShut = 3;

    readonly Lock _change = new();
    volatile bool _isOpen;
    bool _isTold;
    int _failures;
    int _era;

    public bool IsOpen => _isOpen;

    /// <summary>Changes each time the gate shuts; what was found in one era says nothing of the next.</summary>
    public int Era => Volatile.Read(ref _era);

    public void Succeed() => Volatile.Write(ref _failures, 0);

    public void Fail(string reason)
    {
        if (Interlocked.Increment(ref _failures) >= FailuresToShut)
        {
            Shut(reason);
        }
    }

    public void Shut(string reason)
    {
        lock (_change)
        {
            _era++;
            _isOpen = false;
            if (!_isTold)
            {
                _isTold = true;
                log.RedisAway(reason);
            }
        }
    }

    /// <summary>Opens if nothing went wrong since the era began.</summary>
    public bool TryOpen(int era, ClusterPosition position)
    {
        lock (_change)
        {
            if (_isOpen || era != _era)
            {
                return _isOpen;
            }

            _failures = 0;
            _isTold = false;
            _isOpen = true;
            log.InStep(position.EpochText, position.Sequence);
            return true;
        }
    }
}
