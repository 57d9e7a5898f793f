using Tutti.Gateway.Caching.Store;

namespace Tutti.Gateway.Tests.Caching.Store;

public sealed class MemoryStoreTests
{
    [Fact]
    public void What_was_added_is_found_until_it_is_removed()
    {
        var store = PageStore.Of(10);
        var page = new Page(1);

        store.Add(page).ShouldBeNull();
        store.Find(1).ShouldBeSameAs(page);
        store.Find(2).ShouldBeNull();
        store.Remove(1).ShouldBeSameAs(page);
        store.Find(1).ShouldBeNull();
        store.Remove(1).ShouldBeNull();
        (store.Count, store.Bytes, store.Evictions).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void An_equal_entry_is_replaced_and_told()
    {
        var store = PageStore.Of(10);
        var (old, page) = (new Page(1, bytes: 5), new Page(1, bytes: 7));
        store.Add(old);

        store.Add(page).ShouldBeSameAs(old);
        store.Find(1).ShouldBeSameAs(page);
        (store.Count, store.Bytes).ShouldBe((1, 7 + StoredEntry.StoreBytes));
        store.Evictions.ShouldBe(0);
    }

    [Fact]
    public void An_entry_is_removed_and_its_equal_is_not()
    {
        var store = PageStore.Of(10);
        var (old, page) = (new Page(1), new Page(1));
        store.Add(old);
        store.Add(page);

        store.Remove(old).ShouldBeFalse();
        store.Find(1).ShouldBeSameAs(page);
        store.Remove(page).ShouldBeTrue();
        store.Remove(page).ShouldBeFalse();
        store.Count.ShouldBe(0);
    }

    [Fact]
    public void Entries_of_one_hash_are_told_apart_by_their_keys()
    {
        var store = PageStore.Of(1000);
        for (var i = 0; i < 100; i++)
        {
            var key = new PageKey(i, hash: 42);
            store.Add(ref key, new Page(i, hash: 42), now: 0).ShouldBeNull();
        }

        for (var i = 0; i < 100; i++)
        {
            var key = new PageKey(i, hash: 42);
            store.Find(ref key)!.Number.ShouldBe(i);
        }

        var unknown = new PageKey(100, hash: 42);
        store.Find(ref unknown).ShouldBeNull();
        unknown.Asked.ShouldBe(100);
    }

    [Fact]
    public void A_key_is_asked_only_about_its_own_hash()
    {
        var store = PageStore.Of(10_000);
        store.AddRange(0, 10_000);

        var key = new PageKey(1);
        store.Find(ref key);
        key.Asked.ShouldBe(1);
    }

    [Fact]
    public void What_is_too_large_is_not_taken_in_and_its_equal_goes()
    {
        var store = new MemoryStore<Page>(maxBytes: 1000, maxEntryBytes: 500, writers: 1);
        store.Add(new Page(1, bytes: 500 - StoredEntry.StoreBytes)).ShouldBeNull();
        var old = store.Find(1);

        store.Add(new Page(1, bytes: 501 - StoredEntry.StoreBytes)).ShouldBeSameAs(old);
        store.Find(1).ShouldBeNull();
        (store.Count, store.Bytes).ShouldBe((0, 0));
    }

    [Fact]
    public void An_entry_is_added_once_in_its_life()
    {
        var (store, other) = (PageStore.Of(10), PageStore.Of(10));
        var page = new Page(1);
        store.Add(page);

        Should.Throw<InvalidOperationException>(() => store.Add(page));
        Should.Throw<InvalidOperationException>(() => other.Add(page));
        store.Remove(page);
        Should.Throw<InvalidOperationException>(() => store.Add(page));
        (store.Count, other.Count).ShouldBe((0, 0));
    }

    [Fact]
    public void Clearing_gives_everything_up_and_counts_it()
    {
        var store = new MemoryStore<Page>(maxBytes: 1_000_000, maxEntryBytes: 1000, writers: 4);
        store.AddRange(0, 1000);
        var page = store.Find(1)!;

        store.Clear().ShouldBe(1000);
        store.Numbers(1000).ShouldBeEmpty();
        store.Remove(page).ShouldBeFalse();
        (store.Count, store.Bytes, store.Evictions).ShouldBe((0, 0, 0));

        store.AddRange(0, 1000);
        store.Numbers(1000).Length.ShouldBe(1000);
    }

    [Fact]
    public void An_entry_that_left_holds_no_other_but_the_rest_of_its_bucket()
    {
        var evicted = new List<Page>();
        var store = PageStore.Of(100, evicted.Add);
        store.AddRange(0, 150);
        var cleared = store.Find(120)!;
        var removed = store.Remove(130)!;
        store.Clear();

        foreach (var page in evicted.Append(cleared).Append(removed))
        {
            page.Older.ShouldBeNull();
            page.Newer.ShouldBeNull();
        }
    }

    [Fact]
    public void Looking_up_allocates_nothing()
    {
        var store = PageStore.Of(1000);
        store.AddRange(0, 1000);
        store.Numbers(2000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 2000; i++)
        {
            store.Find(i);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Negative_and_enormous_entries_are_mistakes()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Page(1, bytes: -1));
        Should.Throw<ArgumentOutOfRangeException>(() => new Page(1, bytes: 1 << 30));
    }
}
