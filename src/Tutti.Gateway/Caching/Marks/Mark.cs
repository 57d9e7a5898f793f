namespace Tutti.Gateway.Caching.Marks;

/// <summary>When something was last invalidated, in this node's count and in the cluster's.</summary>
internal sealed class Mark
{
    /// <summary>The cluster's number of an invalidation that is not in Redis yet: newer than all that is.</summary>
    public const long Pending = long.MaxValue;

    long _hard;
    long _soft;
    long _clusterHard;
    long _clusterSoft;
    long _pendingHard;
    long _pendingSoft;

    /// <summary>This node's number of the last invalidation.</summary>
    public long Latest => Math.Max(Volatile.Read(ref _hard), Volatile.Read(ref _soft));

    /// <summary>What an entry is worth whose fetch began at that number of this node.</summary>
    public Validity Of(long sequence) => Judge(sequence, Volatile.Read(ref _hard), Volatile.Read(ref _soft));

    /// <summary>What an entry of the cluster is worth whose fetch began at that number of the cluster.</summary>
    public Validity OfShared(long sequence) => Judge(sequence, Shared(ref _pendingHard, ref _clusterHard), Shared(ref _pendingSoft, ref _clusterSoft));

    public void Raise(long sequence, long cluster, bool isSoft)
    {
        Max(ref isSoft ? ref _soft : ref _hard, sequence);
        if (cluster == Pending)
        {
            Max(ref isSoft ? ref _pendingSoft : ref _pendingHard, sequence);
        }
        else
        {
            Max(ref isSoft ? ref _clusterSoft : ref _clusterHard, cluster);
        }
    }

    /// <summary>The cluster has given the number of what was pending, unless this node has invalidated the same again since.</summary>
    public void Number(long upTo, long cluster, bool isSoft)
    {
        ref var pending = ref isSoft ? ref _pendingSoft : ref _pendingHard;
        var seen = Volatile.Read(ref pending);
        if (seen > 0 && seen <= upTo)
        {
            // In this order, so that nobody reads that nothing is pending before the number is there.
            Max(ref isSoft ? ref _clusterSoft : ref _clusterHard, cluster);
            Interlocked.CompareExchange(ref pending, 0, seen);
        }
    }

    /// <summary>The cluster counts anew: its old numbers say nothing of new entries.</summary>
    public void ForgetCluster()
    {
        Volatile.Write(ref _clusterHard, 0);
        Volatile.Write(ref _clusterSoft, 0);
    }

    static Validity Judge(long sequence, long hard, long soft) =>
        hard > sequence ? Validity.Gone : soft > sequence ? Validity.Stale : Validity.Valid;

    static long Shared(ref long pending, ref long cluster) => Volatile.Read(ref pending) > 0 ? Pending : Volatile.Read(ref cluster);

    /// <summary>Raises a number to at least another, whoever else does the same.</summary>
    public static void Max(ref long number, long least)
    {
        for (var seen = Volatile.Read(ref number); seen < least;)
        {
            var before = Interlocked.CompareExchange(ref number, least, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
