using Tutti.Gateway.Caching.Store;

namespace Tutti.Gateway.Tests.Caching.Store;

/// <summary>Alone, because it measures the memory of the whole process.</summary>
[CollectionDefinition(nameof(StoreMemoryTests), DisableParallelization = true)]
[Collection(nameof(StoreMemoryTests))]
public sealed class StoreMemoryTests
{
    const int Entries = 200_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void The_store_takes_the_memory_that_it_says(int bodyBytes)
    {
        var store = new MemoryStore<Document>(maxBytes: 1L << 30, maxEntryBytes: 1 << 20, writers: 4);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Entries; i++)
        {
            var key = new DocumentKey(i);
            store.Add(ref key, new Document(i, bodyBytes), now: 0);
        }

        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        store.Count.ShouldBe(Entries);
        ((double)taken / store.Bytes).ShouldBeInRange(0.97, 1.03, $"{taken} bytes for {store.Bytes}");
    }

    /// <summary>A number, a reference to a body, the body: its header, length and bytes, in steps of eight.</summary>
    sealed class Document(int number, int bodyBytes) : StoredEntry(PageKey.Mixed(number), 16 + 24 + ((bodyBytes + 7) & ~7))
    {
        readonly byte[] _body = new byte[bodyBytes];

        public int Number => number + (_body.Length - _body.Length);

        protected internal override bool IsDead(long now) => false;
    }

    readonly struct DocumentKey(int number) : IEntryKey<Document>
    {
        public int Hash => PageKey.Mixed(number);

        public bool Matches(Document entry) => entry.Number == number;
    }
}
