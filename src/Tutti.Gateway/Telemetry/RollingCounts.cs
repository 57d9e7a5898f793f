namespace Tutti.Gateway.Telemetry;

/// <summary>Counts events of a few kinds over the last seconds, in ten slots that are reused. Time is monotonic.</summary>
internal sealed class RollingCounts
{
    const int Slots = 10;

    readonly TimeProvider _clock;
    readonly long _slotLength;
    readonly int _kinds;
    readonly long[] _slotTimes = new long[Slots];
    readonly int[] _counts;
    readonly Lock _renewal = new();

    public RollingCounts(TimeProvider clock, TimeSpan window, int kinds)
    {
        _clock = clock;
        _kinds = kinds;
        _slotLength = Math.Max(1, (long)(window.TotalSeconds * clock.TimestampFrequency) / Slots);
        _counts = new int[Slots * kinds];
        Array.Fill(_slotTimes, long.MinValue);
    }

    public void Add(int kind) => Add(kind, _clock.GetTimestamp());

    /// <param name="now">The time of the event, for those who have read the clock already.</param>
    public void Add(int kind, long now)
    {
        var time = now / _slotLength;
        var slot = (int)(time % Slots);
        if (Volatile.Read(ref _slotTimes[slot]) != time)
        {
            Renew(slot, time);
        }

        Interlocked.Increment(ref _counts[(slot * _kinds) + kind]);
    }

    /// <summary>Adds up the events of one kind within the window.</summary>
    public int Sum(int kind)
    {
        var oldest = (_clock.GetTimestamp() / _slotLength) - Slots + 1;
        var sum = 0;
        for (var slot = 0; slot < Slots; slot++)
        {
            if (Volatile.Read(ref _slotTimes[slot]) >= oldest)
            {
                sum += Volatile.Read(ref _counts[(slot * _kinds) + kind]);
            }
        }

        return sum;
    }

    /// <summary>Forgets everything counted so far.</summary>
    public void Clear()
    {
        lock (_renewal)
        {
            Array.Fill(_slotTimes, long.MinValue);
        }
    }

    void Renew(int slot, long time)
    {
        lock (_renewal)
        {
            if (_slotTimes[slot] == time)
            {
                return;
            }

            Array.Clear(_counts, slot * _kinds, _kinds);
            Volatile.Write(ref _slotTimes[slot], time);
        }
    }
}
