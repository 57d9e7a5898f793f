using Tutti.Gateway.Caching.Entries;

namespace Tutti.Gateway.Tests.Caching.Entries;

/// <summary>One URI has one identity, however it is written (RFC 9110, 4.2.3; RFC 3986, 6.2.2).</summary>
public sealed class UriIdentityTests
{
    static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    [Theory]
    [InlineData("http://b.test/a", "http://B.TEST:80/a", true)]
    [InlineData("http://b.test/a", "HTTP://b.test/%61", true)]
    [InlineData("http://b.test/a%c3%a9?q=%e9", "http://b.test/a%C3%A9?q=%E9", true)]
    [InlineData("http://b.test/", "http://b.test", true)]
    [InlineData("http://b.test/?q=1", "http://b.test?q=1", true)]
    [InlineData("http://b.test/a", "http://b.test/A", false)]
    [InlineData("http://b.test/a", "http://b.test/a/", false)]
    [InlineData("http://b.test/a", "http://b.test/a?", false)]
    [InlineData("http://b.test/a/b", "http://b.test/a%2Fb", false)]
    [InlineData("http://b.test/a%25", "http://b.test/a%2525", false)]
    [InlineData("http://b.test/a", "https://b.test/a", false)]
    [InlineData("http://b.test/a", "http://b.test:8080/a", false)]
    [InlineData("http://b.test/a", "http://c.test/a", false)]
    public void Equal_where_the_rfc_says_so(string one, string other, bool isSame) =>
        (UriIdentity.HashOf(new Uri(one, AsWritten)) == UriIdentity.HashOf(new Uri(other, AsWritten))).ShouldBe(isSame);

    [Fact]
    public void A_fragment_is_no_part_of_it() =>
        UriIdentity.HashOf(new Uri("http://b.test/a#b")).ShouldBe(UriIdentity.HashOf(new Uri("http://b.test/a")));

    [Theory]
    [InlineData("https://B.test/a", "https://b.test:443")]
    [InlineData("http://[::1]:8080/", "http://::1:8080")]
    [InlineData("http://b\u00fccher.test/", "http://xn--bcher-kva.test:80")]
    public void The_origin_is_scheme_host_and_port(string uri, string origin) => UriIdentity.OriginOf(new Uri(uri)).ShouldBe(origin);

    /// <summary>Nodes of all versions have to come to the same, so the number is part of what they say to each other.</summary>
    [Fact]
    public void The_hash_of_a_uri_stays_the_same() => UriIdentity.HashOf(new Uri("http://b.test/items/1?q=%C3%A9")).ShouldBe(4_231_511_581);
}
