using System.Collections.Concurrent;
using Tutti.Gateway.Caching.Store;

namespace Tutti.Gateway.Tests.Caching.Store;

/// <summary>Several threads at once, and then the books are balanced.</summary>
public sealed class StoreStressTests
{
    const int Threads = 4;
    const int StepsPerThread = 150_000;
    const int Numbers = 6000;

    int _added;
    int _replaced;
    int _removed;
    int _cleared;
    int _evicted;
    int _wrong;

    [Fact]
    public async Task Nothing_is_lost_and_the_bound_holds_whatever_threads_do()
    {
        var left = new ConcurrentDictionary<Page, bool>();
        var store = new MemoryStore<Page>(maxBytes: 400_000, maxEntryBytes: 2000, writers: 1, page => Left(left, page, ref _evicted));

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() => Work(store, left, new Random(thread)), TestContext.Current.CancellationToken)));

        var found = Enumerable.Range(0, Numbers).Select(i => store.Find(i)).OfType<Page>().ToArray();
        _wrong.ShouldBe(0);
        store.Count.ShouldBe(found.Length);
        store.Bytes.ShouldBe(found.Sum(page => (long)page.Cost));
        store.Bytes.ShouldBeLessThanOrEqualTo(store.MaxBytes);
        store.Evictions.ShouldBe(_evicted);
        _added.ShouldBe(_replaced + _removed + _cleared + _evicted + found.Length);
        found.ShouldAllBe(page => !left.ContainsKey(page));
        found.ShouldAllBe(page => store.Remove(page));
        (store.Count, store.Bytes).ShouldBe((0, 0));
        new[] { _replaced, _removed, _cleared, _evicted }.ShouldAllBe(count => count > 100);
    }

    [Fact]
    public Task No_look_up_misses_what_stays_while_buckets_are_split() =>
        FindAlways(staying: 400, store => store.AddRange(400, 200_000));

    [Fact]
    public Task No_look_up_misses_what_is_replaced() => FindAlways(staying: 20, store =>
    {
        for (var i = 0; i < 5_000; i++)
        {
            store.AddRange(0, 20);
        }
    });

    async Task FindAlways(int staying, Action<MemoryStore<Page>> change)
    {
        var store = PageStore.Of(1_000_000);
        store.AddRange(0, staying);
        var changes = Task.Run(() => change(store), TestContext.Current.CancellationToken);

        var looks = 0;
        while (!changes.IsCompleted || looks < staying)
        {
            if (store.Find(looks++ % staying) is null)
            {
                _wrong++;
            }
        }

        await changes;
        _wrong.ShouldBe(0, $"of {looks}");
    }

    void Work(MemoryStore<Page> store, ConcurrentDictionary<Page, bool> left, Random random)
    {
        for (var step = 0; step < StepsPerThread; step++)
        {
            var number = random.Next(Numbers);
            switch (random.Next(100))
            {
                case < 50:
                    Look(store, number);
                    break;
                case < 88:
                    Interlocked.Increment(ref _added);
                    Left(left, store.Add(new Page(number, random.Next(100))), ref _replaced);
                    break;
                case < 94:
                    Left(left, store.Remove(number), ref _removed);
                    break;
                default:
                    RemoveFound(store, left, number);
                    break;
            }

            if (step % 50_000 == 25_000)
            {
                Interlocked.Add(ref _cleared, store.Clear());
            }
        }
    }

    void Look(MemoryStore<Page> store, int number)
    {
        if (store.Find(number) is { } found && found.Number != number || store.Bytes > store.MaxBytes)
        {
            Interlocked.Increment(ref _wrong);
        }
    }

    void RemoveFound(MemoryStore<Page> store, ConcurrentDictionary<Page, bool> left, int number)
    {
        if (store.Find(number) is { } page && store.Remove(page))
        {
            Left(left, page, ref _removed);
        }
    }

    /// <summary>Counts a page that left; one that leaves twice is wrong.</summary>
    void Left(ConcurrentDictionary<Page, bool> left, Page? page, ref int count)
    {
        if (page is null)
        {
            return;
        }

        Interlocked.Increment(ref count);
        if (!left.TryAdd(page, true))
        {
            Interlocked.Increment(ref _wrong);
        }
    }
}
