namespace Tutti.Gateway.Locator.Leases;

/// <summary>What lives of an instance: whether it started, and until when it stays. Time is monotonic, so a clock that is set changes nothing.</summary>
internal sealed class InstanceLease
{
    /// <summary>The end of what has no end.</summary>
    public const long Never = long.MaxValue;

    volatile bool _isStarted;
    long _ends;

    public bool IsStarted => _isStarted;

    /// <summary>The timestamp at which it ends.</summary>
    public long Ends => Volatile.Read(ref _ends);

    /// <summary>The number of the write that it shows; only the writer of leases looks at it.</summary>
    public long Change { get; private set; }

    public bool IsOn(long now) => _isStarted && now < Volatile.Read(ref _ends);

    public void Set(bool isStarted, long ends, long change)
    {
        Volatile.Write(ref _ends, ends);
        _isStarted = isStarted;
        Change = change;
    }

    /// <summary>The timestamp since which this process is known.</summary>
    public long Since { get; private set; }

    /// <summary>Forgets what is known: another process runs there now, and what is stored of it is read again.</summary>
    public void Restart(bool isStarted, long ends, long now)
    {
        Set(isStarted, ends, 0);
        Since = now;
    }
}
