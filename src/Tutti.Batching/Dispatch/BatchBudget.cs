namespace Tutti.Batching.Dispatch;

/// <summary>What all calls of one batch share: the bytes that they may answer, and the work that endpoints charge.</summary>
internal sealed class BatchBudget(int maxBytes)
{
    long _bytes;
    int _charged;

    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= maxBytes)
        {
            return true;
        }

        GiveBack(bytes);
        return false;
    }

    /// <summary>Makes room again for what was taken and is not answered after all.</summary>
    public void GiveBack(int bytes) => Interlocked.Add(ref _bytes, -bytes);

    public bool TryCharge(int units, int limit)
    {
        for (var charged = Volatile.Read(ref _charged); units >= 0 && units <= limit - charged;)
        {
            var seen = Interlocked.CompareExchange(ref _charged, charged + units, charged);
            if (seen == charged)
            {
                return true;
            }

            charged = seen;
        }

        return false;
    }
}
