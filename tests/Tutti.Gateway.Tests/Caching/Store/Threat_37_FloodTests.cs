using Tutti.Gateway.Caching.Store;

namespace Tutti.Gateway.Tests.Caching.Store;

/// <summary>A flood of keys that nobody asks for twice fills no memory and drives out nothing that is asked for.</summary>
public sealed class Threat_37_FloodTests
{
    const int Wanted = 500;
    const int Often = 100;
    const int Flood = 100_000;

    [Fact]
    public void Threat_37_What_was_asked_for_once_before_a_flood_outlives_it()
    {
        var store = PageStore.Of(1000);
        store.AddRange(0, Wanted);
        store.Numbers(Wanted);

        store.AddRange(Wanted, Flood);

        store.Numbers(Wanted).Length.ShouldBeGreaterThan(Wanted - 5);
        store.Bytes.ShouldBeLessThanOrEqualTo(store.MaxBytes);
        store.Evictions.ShouldBe(Wanted + Flood - store.Count);
    }

    [Fact]
    public void Threat_37_A_flood_that_asks_twice_does_not_drive_out_what_is_asked_for_more_often()
    {
        var store = PageStore.Of(1000);
        var missed = 0;
        for (var i = 0; i < Flood; i++)
        {
            store.Add(new Page(Wanted + i));
            store.Find(Wanted + i);
            if (store.Find(i % Often) is null)
            {
                missed++;
                store.Add(new Page(i % Often));
            }
        }

        missed.ShouldBe(Often);
    }

    [Fact]
    public void Threat_37_The_bound_holds_at_every_step_for_entries_of_every_size()
    {
        var store = new MemoryStore<Page>(maxBytes: 200_000, maxEntryBytes: 5000, writers: 2);
        var random = new Random(37);
        for (var i = 0; i < 20_000; i++)
        {
            store.Add(new Page(i, random.Next(6000)));
            store.Bytes.ShouldBeLessThanOrEqualTo(store.MaxBytes);
        }

        store.Count.ShouldBeGreaterThan(20);
    }
}
