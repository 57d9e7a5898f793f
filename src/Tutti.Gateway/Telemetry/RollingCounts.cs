namespace Tutti.Gateway.Telemetry;

/// <summary>Counts events of a few kinds over the last seconds, in ten slots that are reused. Time is monotonic.</summary>
internal sealed class RollingCounts
{
    const int Slots = 10;

    readonly TimeProvider _clock;
    readonly long _slotLength;
    readonly int _stride;

    /// <summary>For each slot the number of its time and behind it the counts of each kind: what one event touches lies together.</summary>
    readonly int[] _slots;
    readonly Lock _renewal = new();

    public RollingCounts(TimeProvider clock, TimeSpan window, int kinds)
    {
        _clock = clock;
        _stride = kinds + 1;
        _slotLength = Math.Max(1, (long)(window.TotalSeconds * clock.TimestampFrequency) / Slots);
        _slots = new int[Slots * _stride];
        Clear();
    }

    public void Add(int kind) => Add(kind, _clock.GetTimestamp());

    /// <param name="now">The time of the event, for those who have read the clock already.</param>
    public void Add(int kind, long now)
    {
        var time = TimeOf(now);
        var slot = time % Slots * _stride;
        if (Volatile.Read(ref _slots[slot]) != time)
        {
            Renew(slot, time);
        }

        Interlocked.Increment(ref _slots[slot + 1 + kind]);
    }

    /// <summary>Adds up the events of one kind within the window.</summary>
    public int Sum(int kind)
    {
        var oldest = TimeOf(_clock.GetTimestamp()) - Slots + 1;
        var sum = 0;
        for (var slot = 0; slot < _slots.Length; slot += _stride)
        {
            if (Volatile.Read(ref _slots[slot]) >= oldest)
            {
                sum += Volatile.Read(ref _slots[slot + 1 + kind]);
            }
        }

        return sum;
    }

    /// <summary>Forgets everything counted so far.</summary>
    public void Clear()
    {
        lock (_renewal)
        {
            for (var slot = 0; slot < _slots.Length; slot += _stride)
            {
                Volatile.Write(ref _slots[slot], int.MinValue);
            }
        }
    }

    /// <summary>The number of the slot's time; with slots of a tenth of a second it wraps after seven years of uptime.</summary>
    int TimeOf(long timestamp) => (int)(timestamp / _slotLength & int.MaxValue);

    void Renew(int slot, int time)
    {
        lock (_renewal)
        {
            if (_slots[slot] == time)
            {
                return;
            }

            Array.Clear(_slots, slot + 1, _stride - 1);
            Volatile.Write(ref _slots[slot], time);
        }
    }
}
