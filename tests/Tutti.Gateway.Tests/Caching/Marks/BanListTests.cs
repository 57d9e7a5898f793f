using Tutti.Gateway.Caching.Marks;

namespace Tutti.Gateway.Tests.Caching.Marks;

/// <summary>Bans hold for what came before them, and each is matched once.</summary>
public sealed class BanListTests
{
    readonly BanList _bans = new();
    long _sequence;

    [Fact]
    public void A_ban_holds_for_what_came_before_it()
    {
        var number = Add("^/v[0-9]+/things($|\\?)");

        _bans.Of("/v1/things?a=1", number - 1).ShouldBe(Validity.Gone);
        _bans.Of("/v1/things/1", number - 1).ShouldBe(Validity.Valid);
        _bans.Of("/v1/things", number).ShouldBe(Validity.Valid);
    }

    [Fact]
    public void The_worst_of_several_counts()
    {
        Add("^/a", isSoft: true);
        _bans.Of("/a", 0).ShouldBe(Validity.Stale);

        Add("^/a$");

        _bans.Of("/a", 0).ShouldBe(Validity.Gone);
    }

    [Fact]
    public void The_same_pattern_again_takes_no_more_room()
    {
        Add("^/a");
        Add("^/a");

        _bans.Count.ShouldBe(1);
        _bans.Of("/a", 1).ShouldBe(Validity.Gone);
    }

    [Fact]
    public void A_soft_ban_does_not_take_back_a_hard_one()
    {
        Add("^/a");
        Add("^/a", isSoft: true);

        _bans.Of("/a", 0).ShouldBe(Validity.Gone);
    }

    [Fact]
    public void What_was_not_held_against_a_forgotten_ban_is_gone()
    {
        for (var i = 0; i <= BanList.Most; i++)
        {
            Add($"^/{i}$");
        }

        _bans.Count.ShouldBe(BanList.Most);
        _bans.Of("/other", 0).ShouldBe(Validity.Gone);
        _bans.Of("/other", 1).ShouldBe(Validity.Valid);
    }

    [Theory]
    [InlineData("(a")]
    [InlineData("(a)\\1")]
    [InlineData("(?=a)")]
    public void What_cannot_be_matched_in_linear_time_is_no_pattern(string pattern) => Ban.TryCompile(pattern).ShouldBeNull();

    [Fact]
    public void A_pattern_that_other_engines_choke_on_is_matched_at_once()
    {
        Add("^/(a+)+$");

        _bans.Of($"/{new string('a', 5_000)}!", 0).ShouldBe(Validity.Valid);
    }

    long Add(string pattern, bool isSoft = false) => _bans.Add(pattern, isSoft, () => ++_sequence);
}
