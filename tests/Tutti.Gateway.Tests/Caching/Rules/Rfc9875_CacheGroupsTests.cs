using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>RFC 9875: the groups of a response.</summary>
public sealed class Rfc9875_CacheGroupsTests
{
    [Theory]
    [InlineData("Cache-Groups: \"a\", \"b c\"", "a|b c")]
    [InlineData("Cache-Groups: \"a\";revalidate;x=1, \"a\", \"A\"", "a|A")]
    [InlineData("Cache-Groups: \"a\" | Cache-Groups: \"b\"", "a|b")]
    [InlineData("Cache-Groups: \"\"", "")]
    [InlineData("Cache-Groups: \"a\\\"\"", "a\"")]
    [InlineData("Cache-Groups: a", null)]
    [InlineData("Cache-Groups: \"a\", b", null)]
    [InlineData("Cache-Groups: \"a\", 1", null)]
    [InlineData("Cache-Groups: (\"a\")", null)]
    [InlineData("Cache-Groups: \"a\",", null)]
    [InlineData("Cache-Groups:", null)]
    [InlineData("", null)]
    public void The_groups_are_the_strings_of_the_list(string response, string? groups) =>
        CacheGroups.Of(Wire.Fields(response)).ShouldBe(groups is null ? [] : groups.Split('|'));

    [Fact]
    public void There_are_limits_to_their_number_and_length()
    {
        var many = string.Join(", ", Enumerable.Range(0, 1000).Select(i => $"\"{i}\""));
        var longest = new string('a', CacheGroups.LongestName);

        CacheGroups.Of(HeaderFields.Of(("Cache-Groups", many))).Count.ShouldBe(CacheGroups.MostGroups);
        CacheGroups.Of(HeaderFields.Of(("Cache-Groups", $"\"{longest}\", \"{longest}a\""))).ShouldBe([longest]);
        CacheGroups.MostGroups.ShouldBeGreaterThanOrEqualTo(32);
        CacheGroups.LongestName.ShouldBeGreaterThanOrEqualTo(32);
    }
}
