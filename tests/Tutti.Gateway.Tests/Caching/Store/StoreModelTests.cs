using CsCheck;
using Tutti.Gateway.Caching.Store;

namespace Tutti.Gateway.Tests.Caching.Store;

/// <summary>Whatever is done in a row, the store does what the plain model does.</summary>
public sealed class StoreModelTests
{
    enum Act
    {
        Find,
        Add,
        Remove,
        Clear,
    }

    static readonly Gen<(Act Act, int Number, int Bytes, int Lifetime)> Steps = Gen.Select(
        Gen.Frequency((8, Gen.Const(Act.Find)), (8, Gen.Const(Act.Add)), (2, Gen.Const(Act.Remove))), Gen.Int[0, 30], Gen.Int[0, 200], Gen.Int[1, 60]);

    static readonly Gen<(Act Act, int Number, int Bytes, int Lifetime)> RareClear =
        Gen.Frequency((100, Steps), (1, Gen.Const((Act.Clear, 0, 0, 1))));

    [Fact]
    public void The_store_does_what_the_model_does() => RareClear.Array[1, 300].Sample(steps =>
    {
        var evicted = new List<Page>();
        var store = new MemoryStore<Page>(maxBytes: 1500, maxEntryBytes: 250, writers: 1, evicted.Add);
        var model = new StoreModel(maxBytes: 1500, maxEntryBytes: 250);
        foreach (var (step, now) in steps.Select((step, i) => (step, i)))
        {
            switch (step.Act)
            {
                case Act.Find:
                    store.Find(step.Number).ShouldBeSameAs(model.Find(step.Number));
                    break;
                case Act.Add:
                    var page = new Page(step.Number, step.Bytes, keepUntil: now + step.Lifetime);
                    store.Add(page, now).ShouldBeSameAs(model.Add(page, now));
                    break;
                case Act.Remove:
                    store.Remove(step.Number).ShouldBeSameAs(model.Remove(step.Number));
                    break;
                case Act.Clear:
                    store.Clear().ShouldBe(model.Clear());
                    break;
            }

            evicted.ShouldBe(model.Evicted);
            (store.Count, store.Bytes, store.Evictions).ShouldBe((model.Count, model.Bytes, evicted.Count));
        }
    });
}
