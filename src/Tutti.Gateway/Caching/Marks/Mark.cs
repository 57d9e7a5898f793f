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

    /// <summary>This node's number of the last invalidation.</summary>
    public long Latest => Math.Max(Volatile.Read(ref _hard), Volatile.Read(ref _soft));

    /// <summary>What an entry is worth whose fetch began at that number of this node.</summary>
    public Validity Of(long sequence) => Judge(sequence, Volatile.Read(ref _hard), Volatile.Read(ref _soft));

    /// <summary>What an entry of the cluster is worth whose fetch began at that number of the cluster.</summary>
    public Validity OfShared(long sequence) => Judge(sequence, Volatile.Read(ref _clusterHard), Volatile.Read(ref _clusterSoft));

    public void Raise(long sequence, long cluster, bool isSoft)
    {
        Max(ref isSoft ? ref _soft : ref _hard, sequence);
        Max(ref isSoft ? ref _clusterSoft : ref _clusterHard, cluster);
    }

    /// <summary>The cluster has given the number of what was pending, unless this node has invalidated the same again since.</summary>
    public void Number(long upTo, long cluster, bool isSoft)
    {
        ref var own = ref isSoft ? ref _soft : ref _hard;
        if (Volatile.Read(ref own) <= upTo)
        {
            Interlocked.CompareExchange(ref isSoft ? ref _clusterSoft : ref _clusterHard, cluster, Pending);
        }
    }

    /// <summary>The cluster counts anew: its old numbers say nothing of new entries.</summary>
    public void ForgetCluster()
    {
        Forget(ref _clusterHard);
        Forget(ref _clusterSoft);
    }

    static Validity Judge(long sequence, long hard, long soft) =>
        hard > sequence ? Validity.Gone : soft > sequence ? Validity.Stale : Validity.Valid;

    static void Forget(ref long number)
    {
        var seen = Volatile.Read(ref number);
        if (seen != Pending)
        {
            Interlocked.CompareExchange(ref number, 0, seen);
        }
    }

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
