using Tutti.Gateway.Caching.Store;

namespace Tutti.Gateway.Tests.Caching.Store;

public sealed class BucketTableTests
{
    [Theory]
    [InlineData(1_000)]
    [InlineData(300_000)]
    public void A_look_up_meets_as_few_entries_in_a_large_table_as_in_a_small_one(int count)
    {
        var table = new BucketTable<Page>();
        var pages = Filled(table, count);

        var met = pages.Sum(page => Met(table, page));
        ((double)met / count).ShouldBeLessThan(1.7);
        pages.Max(page => Met(table, page)).ShouldBeLessThan(16);
    }

    [Fact]
    public void Every_entry_is_found_at_every_size()
    {
        var table = new BucketTable<Page>();
        for (var count = 1; count <= 3000; count++)
        {
            table.Insert(new Page(count));
            table.GrowTo(count);
            for (var i = count; i > 0; i -= 97)
            {
                Find(table, i).ShouldNotBeNull();
            }
        }
    }

    [Fact]
    public void One_addition_splits_at_most_one_bucket()
    {
        var table = new BucketTable<Page>();
        Filled(table, 10_000);

        var before = table.Shape;
        table.GrowTo(1_000_000);
        (table.Shape - before).ShouldBe(2);
    }

    [Fact]
    public void A_look_up_knows_that_a_bucket_was_split_meanwhile()
    {
        var table = new BucketTable<Page>();
        var shape = table.Shape;
        table.IsStill(shape).ShouldBeTrue();
        table.IsStill(shape + 1).ShouldBeFalse();

        Filled(table, shape);
        table.IsStill(shape).ShouldBeFalse();
    }

    [Fact]
    public void What_stands_on_a_removed_entry_reaches_the_rest_of_the_bucket()
    {
        var table = new BucketTable<Page>();
        var pages = Enumerable.Range(0, 3).Select(i => new Page(i, hash: 7)).ToArray();
        foreach (var page in pages)
        {
            table.Insert(page);
        }

        table.Remove(pages[1]).ShouldBeTrue();
        table.Remove(pages[1]).ShouldBeFalse();
        pages[1].Chain.ShouldBeSameAs(pages[0]);
        pages[2].Chain.ShouldBeSameAs(pages[0]);
    }

    static Page[] Filled(BucketTable<Page> table, int count)
    {
        var pages = Enumerable.Range(0, count).Select(i => new Page(i)).ToArray();
        for (var i = 0; i < count; i++)
        {
            table.Insert(pages[i]);
            table.GrowTo(i + 1);
        }

        return pages;
    }

    static Page? Find(BucketTable<Page> table, int number)
    {
        var key = new PageKey(number);
        return table.Find(ref key, table.Shape);
    }

    /// <summary>How many entries a look-up meets on its way, the one it finds included.</summary>
    static int Met(BucketTable<Page> table, Page page)
    {
        var met = 1;
        for (var entry = table.FirstOf(page.Hash); entry != page; entry = entry!.Chain)
        {
            met++;
        }

        return met;
    }
}
