using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>RFC 9111, 3: storing responses in caches.</summary>
public sealed class Section_3_StoringTests
{
    [Theory]
    [InlineData("Cache-Control: max-age=60")]
    [InlineData("Cache-Control: s-maxage=60")]
    [InlineData("Expires: {60}")]
    [InlineData("Cache-Control: public | ETag: \"a\"")]
    [InlineData("ETag: \"a\"")]
    [InlineData("Last-Modified: {-60}")]
    [InlineData("Cache-Control: max-age=0 | ETag: W/\"a\"")]
    [InlineData("Cache-Control: no-cache | ETag: \"a\"")]
    [InlineData("Cache-Control: max-age=0, stale-while-revalidate=5")]
    [InlineData("Cache-Control: max-age=0, stale-if-error=5")]
    [InlineData("Cache-Control: max-age=60, unheard-of=\"no-store\"")]
    public void A_response_that_can_be_used_again_is_stored(string response) => Wire.Judge(response).IsStored.ShouldBeTrue();

    [Theory]
    [InlineData("", NotStored.OfNoUse)]
    [InlineData("Cache-Control: public", NotStored.OfNoUse)]
    [InlineData("Cache-Control: max-age=0", NotStored.OfNoUse)]
    [InlineData("Cache-Control: max-age=60 | Age: 60", NotStored.OfNoUse)]
    [InlineData("Expires: {-60}", NotStored.OfNoUse)]
    [InlineData("Cache-Control: max-age=60, no-cache", NotStored.OfNoUse)]
    [InlineData("Cache-Control: max-age=0, must-revalidate, stale-if-error=60", NotStored.OfNoUse)]
    [InlineData("Cache-Control: max-age=0 | ETag: a", NotStored.OfNoUse)]
    [InlineData("Cache-Control: no-store", NotStored.NoStore)]
    [InlineData("Cache-Control: No-StOrE, max-age=60 | Expires: {60}", NotStored.NoStore)]
    [InlineData("Cache-Control: max-age=60 | Cache-Control: no-store", NotStored.NoStore)]
    [InlineData("cache-control: NO-STORE", NotStored.NoStore)]
    [InlineData("Cache-Control: max-age=60, private", NotStored.Private)]
    [InlineData("Cache-Control: public, private, max-age=60", NotStored.Private)]
    [InlineData("Cache-Control: max-age=60, private=\"\"", NotStored.Private)]
    [InlineData("Cache-Control: max-age=60, private=\"a b\"", NotStored.Private)]
    [InlineData("Cache-Control: max-age=60, private = \"a\"", NotStored.Private)]
    [InlineData("Cache-Control: max-age=60, private=\"a\", private", NotStored.Private)]
    public void A_response_that_must_not_or_could_not_be_used_is_not_stored(string response, object reason) =>
        Wire.Judge(response).Refusal.ShouldBe((NotStored)reason);

    [Theory]
    [InlineData("GET", null)]
    [InlineData("HEAD", NotStored.Method)]
    [InlineData("POST", NotStored.Method)]
    [InlineData("PUT", NotStored.Method)]
    [InlineData("get", NotStored.Method)]
    [InlineData("BREW", NotStored.Method)]
    public void Only_what_GET_brings_is_stored(string method, object? reason) =>
        Wire.Judge("Cache-Control: max-age=60", method: method).Refusal.ShouldBe((NotStored?)reason);

    [Theory]
    [InlineData(100)]
    [InlineData(103)]
    [InlineData(206)]
    [InlineData(226)]
    [InlineData(304)]
    [InlineData(407)]
    [InlineData(412)]
    [InlineData(416)]
    [InlineData(600)]
    public void What_is_no_final_answer_to_the_URI_is_not_stored(int status) =>
        Wire.Judge("Cache-Control: public, max-age=60 | ETag: \"a\"", status: status).Refusal.ShouldBe(NotStored.Status);

    [Theory]
    [InlineData(200)]
    [InlineData(203)]
    [InlineData(204)]
    [InlineData(300)]
    [InlineData(301)]
    [InlineData(308)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(410)]
    [InlineData(414)]
    [InlineData(501)]
    public void These_statuses_may_be_stored_without_being_told(int status) => Wire.Judge("ETag: \"a\"", status: status).IsStored.ShouldBeTrue();

    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(299)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(599)]
    public void Other_statuses_must_be_told(int status)
    {
        Wire.Judge("ETag: \"a\" | Last-Modified: {-60}", status: status).Refusal.ShouldBe(NotStored.NotCacheable);
        Wire.Judge("ETag: \"a\" | Cache-Control: no-cache", status: status).Refusal.ShouldBe(NotStored.NotCacheable);
        Wire.Judge("ETag: \"a\" | Cache-Control: public", status: status).IsStored.ShouldBeTrue();
        Wire.Judge("ETag: \"a\" | Cache-Control: max-age=0", status: status).IsStored.ShouldBeTrue();
        Wire.Judge("ETag: \"a\" | Cache-Control: s-maxage=bad", status: status).IsStored.ShouldBeTrue();
        Wire.Judge("ETag: \"a\" | Expires: 0", status: status).IsStored.ShouldBeTrue();
    }

    [Theory]
    [InlineData(200, "must-understand, no-store, max-age=60", null)]
    [InlineData(404, "no-store, must-understand, max-age=60", null)]
    [InlineData(299, "must-understand, no-store, max-age=60", NotStored.Status)]
    [InlineData(299, "must-understand, max-age=60", NotStored.Status)]
    [InlineData(299, "max-age=60", null)]
    [InlineData(200, "must-understand, no-store, private, max-age=60", NotStored.Private)]
    public void Must_understand_lifts_no_store_for_statuses_that_are_known_and_shuts_out_the_others(int status, string directives, object? reason) =>
        Wire.Judge($"Cache-Control: {directives}", status: status).Refusal.ShouldBe((NotStored?)reason);

    [Fact]
    public void A_body_without_its_end_is_not_stored() =>
        StoreRules.Judge(Wire.Exchange("Cache-Control: max-age=60") with { IsIncomplete = true }, RuleSettings.Parts).Refusal.ShouldBe(NotStored.Incomplete);

    [Theory]
    [InlineData("no-store")]
    [InlineData("max-age=0, No-Store")]
    public void The_no_store_of_a_request_counts_where_requests_are_honoured(string directives)
    {
        Wire.Judge("Cache-Control: max-age=60", $"Cache-Control: {directives}").Refusal.ShouldBe(NotStored.RequestNoStore);
        Wire.Judge("Cache-Control: max-age=60", $"Cache-Control: {directives}", settings: RuleSettings.Proxy).IsStored.ShouldBeTrue();
    }

    [Theory]
    [InlineData("max-age=60", false)]
    [InlineData("max-age=60, public", true)]
    [InlineData("max-age=60, must-revalidate", true)]
    [InlineData("s-maxage=60", true)]
    [InlineData("max-age=60, proxy-revalidate", false)]
    [InlineData("max-age=60, immutable", false)]
    [InlineData("max-age=60, ext=\"public\"", false)]
    [InlineData("public, private, max-age=60", false)]
    public void Threat_30_an_answer_to_credentials_is_stored_only_where_it_says_that_it_is_for_all(string directives, bool stored)
    {
        Wire.Judge($"Cache-Control: {directives}", "Authorization: Bearer a").IsStored.ShouldBe(stored);
        Wire.Judge($"Cache-Control: {directives}", "authorization: Bearer a").IsStored.ShouldBe(stored);
        var tokens = RuleSettings.Parts with { CredentialFields = ["Authorization", "X-API-Token"] };
        Wire.Judge($"Cache-Control: {directives}", "X-API-Token: a", settings: tokens).IsStored.ShouldBe(stored);
    }

    [Theory]
    [InlineData(SetCookieRule.Never, "max-age=60", false)]
    [InlineData(SetCookieRule.Never, "max-age=60, public", false)]
    [InlineData(SetCookieRule.Never, "s-maxage=60", false)]
    [InlineData(SetCookieRule.Never, "max-age=60, private=\"set-cookie\"", true)]
    [InlineData(SetCookieRule.WhenShared, "max-age=60", false)]
    [InlineData(SetCookieRule.WhenShared, "max-age=60, must-revalidate", false)]
    [InlineData(SetCookieRule.WhenShared, "max-age=60, public", true)]
    [InlineData(SetCookieRule.WhenShared, "s-maxage=60", true)]
    [InlineData(SetCookieRule.Always, "max-age=60", true)]
    public void Threat_31_a_cookie_is_stored_only_where_the_settings_and_the_response_allow_it(object rule, string directives, bool stored)
    {
        var settings = RuleSettings.Parts with { SetCookies = (SetCookieRule)rule };

        Wire.Judge($"Cache-Control: {directives} | Set-Cookie: a=b", settings: settings).Refusal.ShouldBe(stored ? null : NotStored.SetCookie);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("*, *")]
    [InlineData(", *")]
    [InlineData("*, Foo")]
    [InlineData("Foo, *")]
    [InlineData("Foo | Vary: *")]
    [InlineData(" | Vary: *")]
    [InlineData("foo bar")]
    [InlineData("\"foo\"")]
    public void What_varies_by_everything_or_by_nothing_known_is_not_stored(string vary) =>
        Wire.Judge($"Cache-Control: max-age=60 | Vary: {vary}").Refusal.ShouldBe(NotStored.VariesByAll);

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void What_varies_by_very_many_fields_is_not_stored(int names, bool stored) =>
        Wire.Judge($"Cache-Control: max-age=60 | Vary: {string.Join(',', Enumerable.Range(0, names))}").IsStored.ShouldBe(stored);

    [Fact]
    public void A_policy_costs_a_few_dozen_bytes() => System.Runtime.CompilerServices.Unsafe.SizeOf<StoredPolicy>().ShouldBeLessThanOrEqualTo(64);
}
