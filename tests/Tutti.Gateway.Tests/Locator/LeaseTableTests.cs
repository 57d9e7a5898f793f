using Microsoft.Extensions.Time.Testing;
using Tutti.Gateway.Locator.Leases;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Tests.Locator;

/// <summary>Leases end by the monotonic clock, whatever order news comes in.</summary>
public sealed class LeaseTableTests
{
    readonly FakeTimeProvider _clock = new();
    readonly LeaseTable _table;

    public LeaseTableTests() => _table = new LeaseTable(_clock);

    [Fact]
    public void A_lease_ends_when_it_was_not_renewed()
    {
        _table.Follow([Instance()]);
        _table.Renew("i", true, 1);
        _clock.Advance(TimeSpan.FromMilliseconds(9_999));
        IsOn.ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        IsOn.ShouldBeFalse();

        _table.Renew("i", null, 2);
        IsOn.ShouldBeTrue();
    }

    [Fact]
    public void What_is_stored_counts_from_its_age_and_only_once()
    {
        _table.Follow([Instance()]);
        _table.Apply("i", true, TimeSpan.FromSeconds(4), 3);
        _clock.Advance(TimeSpan.FromSeconds(5));
        _table.Apply("i", true, TimeSpan.FromSeconds(0), 3);
        IsOn.ShouldBeTrue();
        _clock.Advance(TimeSpan.FromSeconds(1));
        IsOn.ShouldBeFalse();
    }

    [Fact]
    public void A_clock_that_was_set_back_gives_no_more_than_a_whole_lease()
    {
        _table.Follow([Instance()]);
        _table.Apply("i", true, TimeSpan.FromHours(-2), 1);
        _clock.Advance(TimeSpan.FromSeconds(10));
        IsOn.ShouldBeFalse();
    }

    [Fact]
    public void News_of_an_instance_may_come_before_the_instance()
    {
        _table.Apply("i", true, TimeSpan.Zero, 5);
        _table.Follow([Instance()]);
        IsOn.ShouldBeTrue();
        _clock.Advance(TimeSpan.FromSeconds(10));
        IsOn.ShouldBeFalse();
    }

    [Fact]
    public void Another_process_has_yet_to_signal_and_what_is_stored_is_read_again()
    {
        var readAgain = 0;
        _table.Restarted += () => readAgain++;
        _table.Follow([Instance()]);
        _table.Renew("i", true, 7);
        _table.Follow([Instance(port: 2)]);
        IsOn.ShouldBeFalse();
        readAgain.ShouldBe(1);

        _table.Apply("i", true, TimeSpan.Zero, 7);
        IsOn.ShouldBeTrue();
        _table.Follow([Instance(port: 2) with { Weight = 9 }]);
        IsOn.ShouldBeTrue();
        readAgain.ShouldBe(1);
    }

    [Fact]
    public void One_that_went_away_is_forgotten()
    {
        _table.Follow([Instance()]);
        _table.Renew("i", true, 7);
        _table.Follow([]);
        _table.Instance("i").ShouldBeNull();
        _table.Follow([Instance()]);
        IsOn.ShouldBeFalse();
    }

    bool IsOn => _table.Of("i").IsOn(_clock.GetTimestamp());

    static InstanceConfig Instance(int port = 1) => new()
    {
        InstanceId = "i",
        Bundle = "b",
        Lease = 10_000,
        Addresses = [new AddressConfig { Service = "s", Address = $"http://10.0.0.1:{port}" }],
    };
}
