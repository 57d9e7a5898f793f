using Microsoft.Extensions.Logging.Abstractions;
using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Caching.Cluster.Invalidations;

namespace Tutti.Gateway.Tests.Caching.Cluster;

/// <summary>A node applies each invalidation once and in order, and notices when the log is another one.</summary>
public sealed class LogPlaceTests
{
    const ulong Own = 1;
    const ulong Other = 2;
    const ulong Epoch = 7;

    readonly List<string> _told = [];
    readonly Announcements _announcements = new();
    readonly LogPlace _place;

    public LogPlaceTests() => _place = new LogPlace(Own, Events(), _announcements, NullLogger.Instance);

    [Fact]
    public void A_node_that_never_met_the_cluster_applies_nothing()
    {
        _place.TryApply(Entry(Other, 1)).ShouldBeFalse();
        _place.Current.IsNone.ShouldBeTrue();
        _told.ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_next_entry_of_the_epoch_is_applied()
    {
        _place.Begin(Page(0));

        _place.TryApply(Entry(Other, 2)).ShouldBeFalse();
        _place.TryApply(Entry(Other, 1)).ShouldBeTrue();
        _place.TryApply(Entry(Other, 1)).ShouldBeFalse();
        _place.TryApply(Entry(Other, 2, epoch: Epoch + 1)).ShouldBeFalse();
        _place.TryApply(Entry(Other, 2)).ShouldBeTrue();

        _told.ShouldBe(["lost", "apply 1", "apply 2"]);
        _place.Current.ShouldBe(new ClusterPosition(Epoch, 2));
    }

    [Fact]
    public void The_position_moves_on_only_after_the_invalidation_was_applied()
    {
        var seen = new List<ClusterPosition>();
        LogPlace? place = null;
        place = new LogPlace(Own, Events(() => seen.Add(place!.Current)), _announcements, NullLogger.Instance);
        place.Begin(Page(0));

        place.TryApply(Entry(Other, 1));

        seen.ShouldBe([new ClusterPosition(Epoch, 0)]);
    }

    [Fact]
    public void An_own_invalidation_in_the_log_tells_its_number_once_and_is_not_applied()
    {
        _place.Begin(Page(0));
        var own = _announcements.Make(new Invalidation.Part("stock"), mark: 42);

        _place.TryApply(Entry(Own, 1, own.Id)).ShouldBeTrue();
        _place.TryNumber(own, new ClusterPosition(Epoch, 1)).ShouldBeTrue();

        _told.ShouldBe(["lost", "number 42 1"]);
    }

    [Fact]
    public void A_number_of_another_epoch_means_nothing()
    {
        _place.Begin(Page(0));
        var own = _announcements.Make(new Invalidation.Part("stock"), mark: 42);

        _place.TryNumber(own, new ClusterPosition(Epoch + 1, 1)).ShouldBeFalse();

        own.Sequence.ShouldBeNull();
        _told.ShouldBe(["lost"]);
    }

    [Fact]
    public void A_page_continues_only_from_the_very_entry_that_was_applied()
    {
        _place.Begin(Page(3, Entry(Other, 3)));

        _place.IsContinuedBy(Page(4, Entry(Other, 3), Entry(Other, 4))).ShouldBeTrue();
        _place.IsContinuedBy(Page(4, Entry(Own, 3), Entry(Other, 4))).ShouldBeFalse();
        _place.IsContinuedBy(Page(4, Entry(Other, 4))).ShouldBeFalse();
        _place.IsContinuedBy(Page(2)).ShouldBeFalse();
        _place.IsContinuedBy(new LogPage(new ClusterPosition(Epoch + 1, 3), [Entry(Other, 3, epoch: Epoch + 1)])).ShouldBeFalse();
    }

    static LogEntry Entry(ulong node, long sequence, long id = 1, ulong epoch = Epoch) =>
        new(new ClusterPosition(epoch, sequence), new LogMessage(node, id, new Invalidation.Part("stock")).Write());

    static LogPage Page(long end, params LogEntry[] entries) => new(new ClusterPosition(Epoch, end), entries);

    ClusterEvents Events(Action? applying = null) => new()
    {
        Apply = (_, sequence) =>
        {
            applying?.Invoke();
            _told.Add($"apply {sequence}");
        },
        Number = (_, mark, sequence) => _told.Add($"number {mark} {sequence}"),
        Lost = () => _told.Add("lost"),
    };
}
