using Tutti.Gateway.Caching.Store;

namespace Tutti.Gateway.Tests.Caching.Store;

public sealed class EvictionTests
{
    [Fact]
    public void The_oldest_entry_makes_room_and_is_told()
    {
        var evicted = new List<int>();
        var store = PageStore.Of(3, page => evicted.Add(page.Number));
        store.AddRange(0, 5);

        evicted.ShouldBe([0, 1]);
        store.Numbers(5).ShouldBe([2, 3, 4]);
        store.Evictions.ShouldBe(2);
    }

    [Fact]
    public void What_was_found_is_spared_once()
    {
        var store = PageStore.Of(3);
        store.AddRange(0, 3);
        store.Find(0);

        store.AddRange(3, 1);
        store.Numbers(4).ShouldBe([0, 2, 3]);
    }

    [Fact]
    public void An_entry_evicts_only_what_it_needs_room_for()
    {
        var evicted = new List<int>();
        var store = PageStore.Of(10, page => evicted.Add(page.Number));
        store.AddRange(0, 10);

        store.Add(new Page(10, bytes: 2 * StoredEntry.StoreBytes));
        evicted.Order().ShouldBe([0, 1, 2]);
        store.Bytes.ShouldBe(store.MaxBytes);
    }

    [Fact]
    public void A_replaced_entry_gives_its_room_to_its_equal()
    {
        var store = PageStore.Of(10);
        store.AddRange(0, 10);

        store.Add(new Page(5));
        (store.Count, store.Evictions).ShouldBe((10, 0));
    }

    [Fact]
    public void What_was_found_often_stays_so_when_it_is_fetched_anew()
    {
        var store = PageStore.Of(3);
        store.AddRange(0, 1);
        store.Find(0);
        store.Add(new Page(0));
        store.AddRange(1, 3);

        store.Numbers(4).ShouldBe([0, 2, 3]);
    }

    [Fact]
    public void The_dead_make_room_before_the_living()
    {
        var evicted = new List<int>();
        var store = PageStore.Of(100, page => evicted.Add(page.Number));
        for (var i = 0; i < 100; i++)
        {
            store.Add(new Page(i, keepUntil: i % 2 == 0 ? 1000 : 2000));
            store.Find(i);
        }

        for (var i = 100; i < 150; i++)
        {
            store.Add(new Page(i), now: 1000);
        }

        evicted.Order().ShouldBe(Enumerable.Range(0, 50).Select(i => i * 2));
    }

    [Fact]
    public void Nothing_dies_before_its_time()
    {
        var store = PageStore.Of(2);
        store.Add(new Page(0));
        store.Add(new Page(1, keepUntil: 1000));

        store.Add(new Page(2), now: 999);
        store.Numbers(3).ShouldBe([1, 2]);
    }

    [Fact]
    public void Where_all_were_found_one_addition_still_looks_at_few()
    {
        var queue = new EvictionQueue();
        var pages = Enumerable.Range(0, 5000).Select(i => new Page(i)).ToArray();
        foreach (var page in pages)
        {
            queue.Add(page);
            page.MarkVisited();
        }

        var spares = EvictionQueue.MostSpared;
        queue.Choose(now: 0, ref spares).ShouldBeSameAs(pages[EvictionQueue.MostSpared]);
        queue.Choose(now: 0, ref spares).ShouldBeSameAs(pages[EvictionQueue.MostSpared + 1]);
        pages.Count(page => !page.IsVisited).ShouldBe(EvictionQueue.MostSpared);
    }
}
