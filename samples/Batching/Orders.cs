using System.Collections.Concurrent;

namespace Tutti.Samples.Batching;

/// <summary>All orders, in memory.</summary>
public sealed class Orders
{
    readonly ConcurrentDictionary<int, Order> _orders = new();
    int _last = 40;

    public Order Add(NewOrder order)
    {
        var added = new Order(Interlocked.Increment(ref _last), order.Product, order.Count);
        return _orders[added.Id] = added;
    }

    public Order? Find(int id) => _orders.GetValueOrDefault(id);
}
