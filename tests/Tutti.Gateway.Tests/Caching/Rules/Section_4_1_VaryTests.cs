using CsCheck;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>RFC 9111, 4.1: which stored variant answers a request.</summary>
public sealed class Section_4_1_VaryTests
{
    [Theory]
    [InlineData("Foo", "Foo: 1", "foo: 1", true)]
    [InlineData("Foo", "Foo: 1", "Foo: 2", false)]
    [InlineData("Foo", "Foo: a", "Foo: A", false)]
    [InlineData("Foo", "Foo: 1", "", false)]
    [InlineData("Foo", "", "Foo: 1", false)]
    [InlineData("Foo", "", "", true)]
    [InlineData("Foo", "", "Foo:", false)]
    [InlineData("Foo", "Foo:", "Foo: ,,", true)]
    [InlineData("Foo", "Other: 2", "Other: 3", true)]
    [InlineData("Foo, Bar", "Foo: 1 | Bar: a", "Bar: a | Foo: 1", true)]
    [InlineData("Foo, Bar", "Foo: 1 | Bar: a", "Foo: 1", false)]
    [InlineData("Foo | Vary: Bar", "Foo: 1 | Bar: a", "Foo: 1 | Bar: b", false)]
    [InlineData("Foo, Bar, Baz", "Foo: 1 | Baz: 7", "Foo: 1 | Baz: 7", true)]
    [InlineData("Foo", "Foo: 1,2", "Foo:   1 ,  2 ", true)]
    [InlineData("Foo", "Foo: 1, 2", "Foo: 1 | Foo: 2", true)]
    [InlineData("Foo", "Foo: 1,,2,", "Foo: 1, 2", true)]
    [InlineData("Foo", "Foo: 1 2", "Foo: 1  2", false)]
    [InlineData("Foo", "Foo: \"1,2\"", "Foo: \"1, 2\"", false)]
    [InlineData("Foo", "Foo: en, de", "Foo: de, en", false)]
    [InlineData("Foo, Bar", "Foo: 1 | Bar: 2", "Foo: 1, 2", false)]
    [InlineData("Cookie", "Cookie: a=1, b", "Cookie: a=1,b", false)]
    [InlineData("Authorization", "Authorization: Bearer a", "Authorization: Bearer b", false)]
    public void A_variant_answers_requests_that_say_the_same_in_the_fields_it_varies_by(string vary, string stored, string request, bool matches)
    {
        var policy = Wire.Stored($"Cache-Control: max-age=60, public | Vary: {vary}", stored);

        VaryRules.Matches(policy, Wire.Fields(request)).ShouldBe(matches);
        (VaryRules.Variant(policy.Vary, Wire.Fields(request)) == policy.Variant).ShouldBe(matches);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("Vary:", null)]
    [InlineData("Vary: Foo", "foo")]
    [InlineData("Vary: Foo, bar , FOO | Vary: Baz", "bar,baz,foo")]
    public void Names_are_told_once_in_lower_case_and_in_order(string response, string? names) =>
        VaryRules.Names(Wire.Fields(response)).ShouldBe(new Tutti.Gateway.Caching.Rules.Variants.VaryNames(names, IsEverything: false));

    [Fact]
    public void Of_several_variants_that_match_the_one_made_last_is_chosen()
    {
        StoredPolicy[] stored =
        [
            Wire.Stored("Cache-Control: max-age=60 | Vary: Foo | Date: {-1}", "Foo: 2"),
            Wire.Stored("Cache-Control: max-age=60 | Date: {-30}"),
            Wire.Stored("Cache-Control: max-age=60 | Vary: Foo | Date: {-20}", "Foo: 1"),
            Wire.Stored("Cache-Control: max-age=60 | Date: {-40}"),
        ];

        ReuseRules.Choose(stored, Wire.Request("Foo: 1")).ShouldBe(2);
        ReuseRules.Choose(stored, Wire.Request("Foo: 2")).ShouldBe(0);
        ReuseRules.Choose(stored, Wire.Request("Foo: 3")).ShouldBe(1);
        ReuseRules.Choose(stored.AsSpan(0, 1), Wire.Request("Foo: 3")).ShouldBe(-1);
        ReuseRules.Choose(stored, Wire.Request("Foo: 1", "POST")).ShouldBe(-1);
    }

    static readonly Gen<string> Values = Gen.Char["a,\\\n+-\" "].Array[0, 6].Select(chars => new string(chars));

    [Fact]
    public void Threat_34_two_fields_never_pass_for_two_others() => Gen.Select(Values, Values, Values, Values).Sample((a, b, c, d) =>
    {
        var one = HeaderFields.Of(("cookie", a), ("origin", b));
        var other = HeaderFields.Of(("cookie", c), ("origin", d));
        var same = a.Trim(' ') == c.Trim(' ') && b.Trim(' ') == d.Trim(' ');

        return (VaryRules.Variant("cookie,origin", one) == VaryRules.Variant("cookie,origin", other)) == same;
    });

    [Fact]
    public void Matching_says_the_same_as_comparing_the_keys() => Gen.Select(Values.Array[0, 3], Values.Array[0, 3]).Sample((one, other) =>
    {
        var stored = new HeaderFields([.. one.Select(value => new HeaderField("accept", value))]);
        var request = new HeaderFields([.. other.Select(value => new HeaderField("Accept", value))]);
        var policy = new StoredPolicy { Vary = "accept", Variant = VaryRules.Variant("accept", stored) };

        return VaryRules.Matches(policy, stored) && VaryRules.Matches(policy, request) == (VaryRules.Variant("accept", request) == policy.Variant);
    });
}
