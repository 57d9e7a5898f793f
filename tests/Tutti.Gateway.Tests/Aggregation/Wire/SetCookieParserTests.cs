using CsCheck;
using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Aggregation.Wire;

namespace Tutti.Gateway.Tests.Aggregation.Wire;

public sealed class SetCookieParserTests
{
    static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_bare_pair_has_Octoparts_defaults() =>
        Parse("a=b").ShouldBe(new Cookie("a", "b", HttpOnly: false, Secure: false, Discard: false, MaxAge: -1));

    [Fact]
    public void All_attributes_are_read_whatever_their_case() =>
        Parse("a=b; PATH=/x; domain=example.org; HttpOnly; secure; Discard; Max-Age=60")
            .ShouldBe(new Cookie("a", "b", HttpOnly: true, Secure: true, Discard: true, MaxAge: 60, Path: "/x", Domain: "example.org"));

    [Theory]
    [InlineData("a=b=c", "b=c")]
    [InlineData("a=", "")]
    [InlineData("a=\"b\"", "b")]
    [InlineData("a= b ", "b")]
    public void Values_are_kept(string line, string value) => Parse(line)!.Value.ShouldBe(value);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("=b")]
    [InlineData("; Path=/")]
    [InlineData("a b=c")]
    [InlineData("a,b=c")]
    public void What_is_no_cookie_is_dropped(string line) => Parse(line).ShouldBeNull();

    [Theory]
    [InlineData("a=b; Expires=Tue, 01 Jan 2030 00:01:00 GMT", 60)]
    [InlineData("a=b; Expires=Mon, 01 Jan 1990 00:00:00 GMT", 0)]
    [InlineData("a=b; Max-Age=5; Expires=Tue, 01 Jan 2030 00:01:00 GMT", 5)]
    [InlineData("a=b; Expires=Tue, 01 Jan 2030 00:01:00 GMT; Max-Age=5", 5)]
    [InlineData("a=b; Max-Age=-1", 0)]
    [InlineData("a=b; Max-Age=soon", -1)]
    [InlineData("a=b; Expires=soon", -1)]
    public void Its_age_comes_from_max_age_before_expires(string line, long age) => Parse(line)!.MaxAge.ShouldBe(age);

    [Fact]
    public void No_line_breaks_it() => Gen.String.Sample(line => { Parse(line); });

    static Cookie? Parse(string line) => SetCookieParser.Parse(line, Now);
}
