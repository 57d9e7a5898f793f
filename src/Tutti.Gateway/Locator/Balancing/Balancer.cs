using System.Buffers;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Balancing;

/// <summary>Chooses the instance for a request.</summary>
internal static class Balancer
{
    const int OnStack = 64;

    /// <summary>Chooses among those that are in; null if there is none.</summary>
    /// <param name="tried">Those that this request was sent to already.</param>
    public static InstanceState? Choose(ServiceState service, in Choice wanted, ReadOnlySpan<InstanceState> tried, long now)
    {
        var all = service.Instances;
        if (all.Length == 0)
        {
            return null;
        }

        var rented = all.Length > OnStack ? ArrayPool<int>.Shared.Rent(all.Length) : null;
        var room = rented ?? stackalloc int[OnStack];
        var best = Best(all, wanted, tried, now, room);
        var chosen = best.IsEmpty ? null
            : best.Length == 1 ? all[best[0]]
            : wanted.Rules.Policy == BalanceConfig.RoundRobin ? InTurn(service, all, best)
            : LessBusyOfTwo(all, best);
        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }

        return chosen;
    }

    /// <summary>The places of those in the best class that has any: well ones of the host, of the zone, of anywhere, backups, then evicted ones.</summary>
    static Span<int> Best(InstanceState[] all, in Choice wanted, ReadOnlySpan<InstanceState> tried, long now, Span<int> room)
    {
        var (best, count) = (0, 0);
        for (var i = 0; i < all.Length; i++)
        {
            var instance = all[i];
            if (instance.Model.Weight == 0 || !instance.IsIn(now) || Contains(tried, instance))
            {
                continue;
            }

            var rank = RankOf(instance, wanted, now);
            if (rank > best)
            {
                (best, count) = (rank, 0);
            }

            if (rank == best)
            {
                room[count++] = i;
            }
        }

        return room[..count];
    }

    static int RankOf(InstanceState instance, in Choice wanted, long now) =>
        instance.IsEvicted(now) ? 1
        : instance.Model.IsBackup ? 2
        : wanted.Host is { } host && instance.Model.Address.Host == host ? 5
        : wanted.Zone is null || wanted.Zone == instance.Model.Zone ? 4
        : 3;

    /// <summary>Goes round, each as often in a row as it weighs.</summary>
    static InstanceState InTurn(ServiceState service, InstanceState[] all, ReadOnlySpan<int> places) =>
        AtWeight(all, places, (int)(service.NextTurn() % (uint)WeightOf(all, places)));

    /// <summary>The less busy of two random ones spreads almost as well as the least busy of all, and two nodes do not all run to the same.</summary>
    static InstanceState LessBusyOfTwo(InstanceState[] all, ReadOnlySpan<int> places)
    {
        var total = WeightOf(all, places);
        var first = AtWeight(all, places, Random.Shared.Next(total));
        var left = total - first.Model.Weight;
        var at = Random.Shared.Next(left);
        InstanceState second = first;
        foreach (var place in places)
        {
            if (!ReferenceEquals(all[place], first) && (at -= all[place].Model.Weight) < 0)
            {
                second = all[place];
                break;
            }
        }

        return (long)second.Running * first.Model.Weight < (long)first.Running * second.Model.Weight ? second : first;
    }

    static int WeightOf(InstanceState[] all, ReadOnlySpan<int> places)
    {
        var total = 0;
        foreach (var place in places)
        {
            total += all[place].Model.Weight;
        }

        return total;
    }

    static InstanceState AtWeight(InstanceState[] all, ReadOnlySpan<int> places, int at)
    {
        foreach (var place in places)
        {
            if ((at -= all[place].Model.Weight) < 0)
            {
                return all[place];
            }
        }

        return all[places[0]];
    }

    static bool Contains(ReadOnlySpan<InstanceState> tried, InstanceState instance)
    {
        foreach (var one in tried)
        {
            if (ReferenceEquals(one, instance))
            {
                return true;
            }
        }

        return false;
    }
}
