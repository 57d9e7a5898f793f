using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>RFC 9213: fields that speak to this cache alone.</summary>
public sealed class Rfc9213_TargetedTests
{
    [Theory]
    [InlineData("CDN-Cache-Control: max-age=60", 60)]
    [InlineData("CDN-Cache-Control: max-age=60 | Cache-Control: max-age=1", 60)]
    [InlineData("CDN-Cache-Control: max-age=1 | Cache-Control: max-age=60", 1)]
    [InlineData("CDN-Cache-Control: max-age=60 | Cache-Control: no-store", 60)]
    [InlineData("CDN-Cache-Control: max-age=60 | Cache-Control: private, no-cache", 60)]
    [InlineData("CDN-Cache-Control: max-age=60 | Expires: {-10}", 60)]
    [InlineData("CDN-Cache-Control: max-age=60 | Expires: 0", 60)]
    [InlineData("CDN-Cache-Control: s-maxage=60, max-age=1", 60)]
    [InlineData("CDN-Cache-Control: foobar, max-age=60", 60)]
    [InlineData("CDN-Cache-Control: max-age=60;x=y, foo=(a b), bar=@1", 60)]
    [InlineData("CDN-Cache-Control: max-age=1, max-age=60", 60)]
    [InlineData("CDN-Cache-Control: max-age=60, no-store=?0", 60)]
    [InlineData("CDN-Cache-Control: max-age=60, max-stale, only-if-cached=5", 60)]
    [InlineData("CDN-Cache-Control: max-age=2147483648", 2147483648)]
    [InlineData("CDN-Cache-Control: max-age=99999999999", 2147483648)]
    [InlineData("Tutti-Cache-Control: max-age=60 | CDN-Cache-Control: max-age=1", 60)]
    [InlineData("CDN-Cache-Control: max-age=1 | Tutti-Cache-Control: max-age=60", 60)]
    [InlineData("Tutti-Cache-Control: | CDN-Cache-Control: max-age=60", 60)]
    [InlineData("Tutti-Cache-Control: max-age=2, & | CDN-Cache-Control: max-age=60", 60)]
    [InlineData("Other-Cache-Control: max-age=1 | Cache-Control: max-age=60", 60)]
    [InlineData("CDN-Cache-Control: max-age=10 | CDN-Cache-Control: max-age=60", 60)]
    public void The_first_valid_field_takes_the_place_of_Cache_Control_and_Expires(string response, uint lifetime) =>
        Wire.Stored(response).Lifetime.ShouldBe(lifetime);

    [Theory]
    [InlineData("max-age=60, &&&&&")]
    [InlineData("max-age=\"60\"")]
    [InlineData("max-age=60.0")]
    [InlineData("max-age")]
    [InlineData("max-age=abc")]
    [InlineData("max-age=(60)")]
    [InlineData("MaX-aGe=60")]
    [InlineData("max-age =60")]
    [InlineData("max-age= 60")]
    [InlineData("max-age=60,")]
    [InlineData("max-age=9999999999999999")]
    [InlineData("max-age=60, no-cache=a")]
    [InlineData("max-age=60, public=1")]
    [InlineData("")]
    public void A_field_that_is_empty_or_wrong_is_not_there(string targeted)
    {
        Wire.Judge($"CDN-Cache-Control: {targeted} | Cache-Control: no-store").Refusal.ShouldBe(NotStored.NoStore);
        Wire.Stored($"CDN-Cache-Control: {targeted} | Expires: {{5}}").Lifetime.ShouldBe(5u);
    }

    [Theory]
    [InlineData("no-store", NotStored.NoStore)]
    [InlineData("private", NotStored.Private)]
    [InlineData("private=\"a b\"", NotStored.Private)]
    [InlineData("max-age=0", NotStored.OfNoUse)]
    [InlineData("max-age=-60", NotStored.OfNoUse)]
    [InlineData("max-age=60, no-cache", NotStored.OfNoUse)]
    [InlineData("none", NotStored.OfNoUse)]
    public void Its_directives_mean_the_same(string targeted, object reason) =>
        Wire.Judge($"CDN-Cache-Control: {targeted} | Cache-Control: max-age=60 | Expires: {{60}}").Refusal.ShouldBe((NotStored)reason);

    [Fact]
    public void Its_must_revalidate_forbids_stale_use_and_allows_credentials()
    {
        var response = "CDN-Cache-Control: max-age=60, must-revalidate, stale-if-error=10";

        Wire.Reuse(response, 61).ShouldBe(ReuseDecision.Validate);
        Wire.Judge(response, "Authorization: a").IsStored.ShouldBeTrue();
    }

    [Fact]
    public void Its_public_shares_cookies() =>
        Wire.Judge("CDN-Cache-Control: max-age=60, public | Set-Cookie: a=b", settings: RuleSettings.Proxy).IsStored.ShouldBeTrue();
}
