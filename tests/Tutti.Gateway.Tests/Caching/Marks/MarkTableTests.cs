using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Caching.Cluster.Invalidations;
using Tutti.Gateway.Caching.Marks;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Tests.Caching.Marks;

public sealed class MarkTableTests
{
    static readonly PartModel Part = Some.Model(Some.Part("http://backend.test/", Some.Param(ParamKind.Query, "id")));

    readonly MarkTable _marks = new();

    [Fact]
    public void Threat_36_What_was_fetched_before_is_gone_and_what_is_fetched_after_is_not()
    {
        var before = _marks.Sequence;
        _marks.Note(new Invalidation.Part(Part.Id), 0);

        Of(before).ShouldBe(Validity.Gone);
        Of(_marks.Sequence).ShouldBe(Validity.Valid);
    }

    [Fact]
    public void Softly_it_is_stale_and_a_hard_one_on_top_ends_it()
    {
        _marks.Note(new Invalidation.Part(Part.Id, IsSoft: true), 0);
        Of(0).ShouldBe(Validity.Stale);

        _marks.Note(new Invalidation.Part(Part.Id), 0);
        Of(0).ShouldBe(Validity.Gone);
    }

    [Fact]
    public void A_value_concerns_the_answers_to_it_alone()
    {
        _marks.Note(new Invalidation.ParamValue(Part.Id, "id", "1"), 0);

        Of(0, "1").ShouldBe(Validity.Gone);
        Of(0, "2").ShouldBe(Validity.Valid);
        Of(0, "2", "1").ShouldBe(Validity.Gone);
    }

    [Fact]
    public void Beyond_so_many_values_the_whole_part_is_invalidated()
    {
        for (var i = 0; i <= 10_000; i++)
        {
            _marks.Note(new Invalidation.ParamValue(Part.Id, "id", $"{i}"), 0);
        }

        Of(0, "never named").ShouldBe(Validity.Gone);
    }

    [Fact]
    public void Parts_that_nobody_knows_fill_no_memory()
    {
        var before = _marks.Sequence;
        for (var i = 0; i < 150_000; i++)
        {
            _marks.Note(new Invalidation.Part($"made up {i}"), 0);
        }

        _marks.Count.ShouldBeLessThanOrEqualTo(MarkBudget.Most);
        _marks.Everything.Of(before).ShouldBe(Validity.Gone);
    }

    [Fact]
    public void Values_of_many_parts_fill_no_memory()
    {
        for (var i = 0; i < 150_000; i++)
        {
            _marks.Note(new Invalidation.ParamValue($"part {i % 20}", "id", $"{i}"), 0);
        }

        _marks.Count.ShouldBeLessThanOrEqualTo(MarkBudget.Most);
        _marks.OfPart("part 19").Whole.Of(0).ShouldBe(Validity.Gone);
    }

    [Fact]
    public void Until_it_has_a_number_it_is_newer_than_all_that_is_in_the_cluster()
    {
        var invalidation = new Invalidation.Part(Part.Id);
        var mark = _marks.Note(invalidation, Mark.Pending);
        Shared(1_000_000).ShouldBe(Validity.Gone);

        _marks.Number(invalidation, mark, 5);

        Shared(4).ShouldBe(Validity.Gone);
        Shared(5).ShouldBe(Validity.Valid);
    }

    [Fact]
    public void A_number_is_not_given_to_what_was_invalidated_again_since()
    {
        var invalidation = new Invalidation.Part(Part.Id);
        var mark = _marks.Note(invalidation, Mark.Pending);
        _marks.Note(invalidation, Mark.Pending);

        _marks.Number(invalidation, mark, 5);

        Shared(5).ShouldBe(Validity.Gone);
    }

    [Fact]
    public void A_number_is_given_though_another_node_has_invalidated_the_same_meanwhile()
    {
        var invalidation = new Invalidation.Part(Part.Id);
        var mark = _marks.Note(invalidation, Mark.Pending);
        _marks.Note(invalidation, 5);

        _marks.Number(invalidation, mark, 6);

        (Shared(5), Shared(6)).ShouldBe((Validity.Gone, Validity.Valid));
    }

    [Fact]
    public void A_number_does_not_take_the_place_of_a_higher_one()
    {
        var invalidation = new Invalidation.Part(Part.Id);
        var mark = _marks.Note(invalidation, Mark.Pending);
        _marks.Note(invalidation, 7);

        _marks.Number(invalidation, mark, 6);

        (Shared(6), Shared(7)).ShouldBe((Validity.Gone, Validity.Valid));
    }

    [Fact]
    public void What_was_missed_may_concern_everything()
    {
        _marks.Note(new Invalidation.Part(Part.Id), 7);

        _marks.Lose();

        _marks.Everything.Of(_marks.Sequence - 1).ShouldBe(Validity.Gone);
        Shared(0).ShouldBe(Validity.Valid);
    }

    [Fact]
    public void A_soft_one_is_numbered_without_touching_the_hard_one()
    {
        _marks.Note(new Invalidation.Part(Part.Id), 3);
        var soft = new Invalidation.Part(Part.Id, IsSoft: true);
        var mark = _marks.Note(soft, Mark.Pending);
        Shared(5).ShouldBe(Validity.Stale);

        _marks.Number(soft, mark, 6);

        (Shared(2), Shared(5), Shared(6)).ShouldBe((Validity.Gone, Validity.Stale, Validity.Valid));
    }

    [Fact]
    public void A_group_concerns_its_own_origin_alone()
    {
        _marks.Note(new Invalidation.Group("http://one.test", "g"), 0);

        _marks.OfOrigin("http://one.test").Find("g")!.Of(0).ShouldBe(Validity.Gone);
        _marks.OfOrigin("http://other.test").Find("g").ShouldBeNull();
        Of(0).ShouldBe(Validity.Valid);
    }

    [Fact]
    public void Beyond_so_many_groups_of_an_origin_groups_share_marks()
    {
        const int Named = 3 * OriginMarks.MostGroups;
        for (var i = 0; i < Named; i++)
        {
            _marks.Note(new Invalidation.Group("http://one.test", $"{i}"), 0);
        }

        var origin = _marks.OfOrigin("http://one.test");
        Enumerable.Range(0, Named).ShouldAllBe(i => origin.Find($"{i}")!.Of(i) == Validity.Gone);
        origin.All.Count().ShouldBeLessThanOrEqualTo(OriginMarks.MostGroups + HashedMarks.Most);
        Enumerable.Range(Named, 100).Count(i => origin.Find($"{i}") is null).ShouldBeGreaterThan(50);
        (_marks.Everything.Of(0), _marks.OfOrigin("http://other.test").Find("0")).ShouldBe((Validity.Valid, null));
    }

    [Fact]
    public void Uris_fill_no_memory_however_many_change()
    {
        for (var i = 0u; i < 300_000; i++)
        {
            _marks.Note(new Invalidation.Uri(unchecked(i * 2_654_435_769)), 0);
        }

        _marks.Uris.All.Count().ShouldBeLessThanOrEqualTo(HashedMarks.Most);
        _marks.Uris.Find(unchecked(299_999u * 2_654_435_769))!.Of(_marks.Sequence - 1).ShouldBe(Validity.Gone);
        (_marks.Count, _marks.Everything.Of(0)).ShouldBe((0, Validity.Valid));
    }

    [Fact]
    public void A_uri_concerns_itself_alone_and_is_numbered_like_the_rest()
    {
        var invalidation = new Invalidation.Uri(7);
        var mark = _marks.Note(invalidation, Mark.Pending);
        _marks.Uris.Find(7)!.OfShared(1_000_000).ShouldBe(Validity.Gone);

        _marks.Number(invalidation, mark, 5);

        (_marks.Uris.Find(7)!.OfShared(4), _marks.Uris.Find(7)!.OfShared(5), _marks.Uris.Find(8)).ShouldBe((Validity.Gone, Validity.Valid, null));
    }

    [Fact]
    public void A_key_concerns_one_answer()
    {
        _marks.Note(new Invalidation.Key(Part.Id, "\u0001\u0001a"), 3);

        var part = _marks.OfPart(Part.Id);
        (part.FindKey([1, 1, (byte)'a'])!.Of(0), part.FindKey([1, 1, (byte)'b']), part.FindKey(new byte[1_000])).ShouldBe((Validity.Gone, null, null));
        (part.OfShared(2, Part, [1, 1, (byte)'a']), part.OfShared(2, Part, [1, 1, (byte)'b'])).ShouldBe((Validity.Gone, Validity.Valid));
    }

    [Fact]
    public void A_key_too_long_to_be_kept_ends_the_whole_part()
    {
        _marks.Note(new Invalidation.Key(Part.Id, new string('x', 300)), 0);

        Of(0).ShouldBe(Validity.Gone);
    }

    Validity Shared(long number) => _marks.OfPart(Part.Id).Whole.OfShared(number);

    Validity Of(long sequence, params string[] ids)
    {
        var given = ids.Select(id => new PartRequestParam("id", id)).ToArray();
        return _marks.OfPart(Part.Id).Of(sequence, Part, new ParamValues(Part, Some.Meta(), given));
    }
}
