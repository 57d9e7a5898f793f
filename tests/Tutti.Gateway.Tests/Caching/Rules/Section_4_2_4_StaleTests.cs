using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Storing;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>RFC 9111, 4, 4.2.4 and 5.2.1, and RFC 5861: what a stored response is good for.</summary>
public sealed class Section_4_2_4_StaleTests
{
    [Theory]
    [InlineData("max-age=60", 59, ReuseDecision.Fresh)]
    [InlineData("max-age=60", 59.9, ReuseDecision.Fresh)]
    [InlineData("max-age=60", 60, ReuseDecision.Validate)]
    [InlineData("max-age=60, no-cache=\"a\"", 59, ReuseDecision.Fresh)]
    [InlineData("max-age=60, no-cache", 0, ReuseDecision.Validate)]
    [InlineData("max-age=60, no-cache=\"a\", no-cache", 0, ReuseDecision.Validate)]
    [InlineData("max-age=60, no-cache=\"a b\"", 0, ReuseDecision.Validate)]
    [InlineData("max-age=60, immutable", 60, ReuseDecision.Validate)]
    [InlineData("max-age=60, stale-while-revalidate=10", 59, ReuseDecision.Fresh)]
    [InlineData("max-age=60, stale-while-revalidate=10", 60, ReuseDecision.StaleWhileRevalidate)]
    [InlineData("max-age=60, stale-while-revalidate=10", 69, ReuseDecision.StaleWhileRevalidate)]
    [InlineData("max-age=60, stale-while-revalidate=10", 70, ReuseDecision.Validate)]
    [InlineData("max-age=60, stale-while-revalidate=0", 60, ReuseDecision.Validate)]
    [InlineData("max-age=60, stale-while-revalidate=bad", 60, ReuseDecision.Validate)]
    [InlineData("max-age=60, stale-if-error=20", 79, ReuseDecision.ValidateOrStale)]
    [InlineData("max-age=60, stale-if-error=20", 80, ReuseDecision.Validate)]
    [InlineData("max-age=60, stale-while-revalidate=10, stale-if-error=20", 65, ReuseDecision.StaleWhileRevalidate)]
    [InlineData("max-age=60, stale-while-revalidate=10, stale-if-error=20", 75, ReuseDecision.ValidateOrStale)]
    public void Age_and_directives_decide(string directives, double resident, object decision) =>
        Wire.Reuse($"Cache-Control: {directives} | ETag: \"a\"", resident).ShouldBe((ReuseDecision)decision);

    [Theory]
    [InlineData("max-age=60, must-revalidate")]
    [InlineData("max-age=60, proxy-revalidate")]
    [InlineData("s-maxage=60")]
    [InlineData("max-age=60, no-cache")]
    public void Nothing_makes_a_stale_response_usable_that_forbids_it(string directives)
    {
        var response = $"Cache-Control: {directives}, stale-while-revalidate=100, stale-if-error=100 | ETag: \"a\"";

        Wire.Reuse(response, 61).ShouldBe(ReuseDecision.Validate);
        Wire.Reuse(response, 61, "Cache-Control: max-stale").ShouldBe(ReuseDecision.Validate);
        Wire.Reuse(response, 61, "Cache-Control: stale-if-error=100").ShouldBe(ReuseDecision.Validate);
        Wire.Reuse(response, 10, "Cache-Control: max-age=0, stale-if-error=100").ShouldBe(ReuseDecision.Validate, "once asked for, the validation counts");
    }

    [Theory]
    [InlineData("no-cache", 0, ReuseDecision.Validate)]
    [InlineData("max-age=0", 0, ReuseDecision.Fresh)]
    [InlineData("max-age=0", 1, ReuseDecision.Validate)]
    [InlineData("max-age=30", 30, ReuseDecision.Fresh)]
    [InlineData("max-age=30", 31, ReuseDecision.Validate)]
    [InlineData("max-age=bad", 0, ReuseDecision.Validate)]
    [InlineData("max-age=30, max-age=50", 10, ReuseDecision.Validate)]
    [InlineData("min-fresh=20", 40, ReuseDecision.Fresh)]
    [InlineData("min-fresh=20", 41, ReuseDecision.Validate)]
    [InlineData("min-fresh=bad", 0, ReuseDecision.Validate)]
    [InlineData("max-stale", 9000, ReuseDecision.StaleAccepted)]
    [InlineData("max-stale=10", 70, ReuseDecision.StaleAccepted)]
    [InlineData("max-stale=10", 71, ReuseDecision.Validate)]
    [InlineData("max-stale=bad", 60, ReuseDecision.Validate)]
    [InlineData("max-stale=10, max-age=65", 65, ReuseDecision.StaleAccepted)]
    [InlineData("max-stale=10, max-age=65", 66, ReuseDecision.Validate)]
    [InlineData("max-stale=10, min-fresh=1", 60, ReuseDecision.Validate)]
    [InlineData("stale-if-error=10", 69, ReuseDecision.ValidateOrStale)]
    [InlineData("stale-if-error=10", 70, ReuseDecision.Validate)]
    [InlineData("only-if-cached", 59, ReuseDecision.Fresh)]
    [InlineData("only-if-cached", 60, ReuseDecision.GatewayTimeout)]
    [InlineData("only-if-cached, max-stale", 60, ReuseDecision.StaleAccepted)]
    [InlineData("only-if-cached, no-cache", 0, ReuseDecision.GatewayTimeout)]
    [InlineData("no-store", 59, ReuseDecision.Fresh)]
    [InlineData("no-transform, unheard-of=1", 59, ReuseDecision.Fresh)]
    public void A_client_says_what_it_takes(string wishes, double resident, object decision)
    {
        Wire.Reuse("Cache-Control: max-age=60", resident, $"Cache-Control: {wishes}").ShouldBe((ReuseDecision)decision);
        Wire.Reuse("Cache-Control: max-age=60", resident, $"Cache-Control: {wishes}", RuleSettings.Proxy)
            .ShouldBe(resident < 60 ? ReuseDecision.Fresh : ReuseDecision.Validate, "the proxy does not listen");
    }

    [Theory]
    [InlineData("max-age=5", 70)]
    [InlineData("max-age=500", 70)]
    [InlineData("min-fresh=1", 70)]
    public void A_client_that_limits_the_age_gets_nothing_stale(string wishes, double resident) =>
        Wire.Reuse("Cache-Control: max-age=60, stale-while-revalidate=100", resident, $"Cache-Control: {wishes}").ShouldBe(ReuseDecision.Validate);

    [Theory]
    [InlineData("max-age=0", 10, ReuseDecision.ValidateOrStale)]
    [InlineData("no-cache", 10, ReuseDecision.Validate)]
    public void A_response_that_may_be_used_on_errors_is_so_before_it_is_stale_too(string wishes, double resident, object decision) =>
        Wire.Reuse("Cache-Control: max-age=60, stale-if-error=100", resident, $"Cache-Control: {wishes}").ShouldBe((ReuseDecision)decision);

    [Theory]
    [InlineData("max-age=0", 10, ReuseDecision.Fresh)]
    [InlineData("max-age=0", 60, ReuseDecision.Validate)]
    [InlineData("no-cache", 10, ReuseDecision.Validate)]
    public void A_reload_leaves_what_is_immutable_alone_while_it_is_fresh(string wishes, double resident, object decision) =>
        Wire.Reuse("Cache-Control: max-age=60, immutable", resident, $"Cache-Control: {wishes}").ShouldBe((ReuseDecision)decision);

    [Theory]
    [InlineData("Pragma: no-cache", ReuseDecision.Validate)]
    [InlineData("Pragma: foo, NO-CACHE", ReuseDecision.Validate)]
    [InlineData("Pragma: foo", ReuseDecision.Fresh)]
    [InlineData("Pragma: no-cache | Cache-Control: max-age=50", ReuseDecision.Fresh)]
    public void Pragma_counts_only_without_Cache_Control(string request, object decision) =>
        Wire.Reuse("Cache-Control: max-age=60", 10, request).ShouldBe((ReuseDecision)decision);

    [Theory]
    [InlineData("GET", ReuseDecision.Fresh)]
    [InlineData("HEAD", ReuseDecision.Fresh)]
    [InlineData("POST", ReuseDecision.NoMatch)]
    [InlineData("DELETE", ReuseDecision.NoMatch)]
    public void A_stored_response_answers_GET_and_HEAD(string method, object decision) =>
        ReuseRules.Judge(Wire.Stored("Cache-Control: max-age=60"), Wire.Request(method: method), TimeSpan.Zero).ShouldBe((ReuseDecision)decision);

    [Fact]
    public void Without_a_match_the_request_goes_on_unless_the_client_forbids_it()
    {
        var stored = Wire.Stored("Cache-Control: max-age=60 | Vary: Foo");

        ReuseRules.Judge(stored, Wire.Request("Foo: 1"), TimeSpan.Zero).ShouldBe(ReuseDecision.NoMatch);
        ReuseRules.Judge(stored, Wire.Request("Foo: 1 | Cache-Control: only-if-cached"), TimeSpan.Zero).ShouldBe(ReuseDecision.GatewayTimeout);
        ReuseRules.JudgeMiss(Wire.Request()).ShouldBe(ReuseDecision.NoMatch);
        ReuseRules.JudgeMiss(Wire.Request("Cache-Control: only-if-cached")).ShouldBe(ReuseDecision.GatewayTimeout);
        ReuseRules.JudgeMiss(Wire.Request("Cache-Control: only-if-cached", settings: RuleSettings.Proxy)).ShouldBe(ReuseDecision.NoMatch);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void What_was_made_invalid_is_validated_whatever_it_allows(double resident)
    {
        var stored = Wire.Stored("Cache-Control: max-age=60, stale-while-revalidate=60, stale-if-error=60").AsInvalid();

        ReuseRules.Judge(stored, Wire.Request("Cache-Control: max-stale"), TimeSpan.FromSeconds(resident)).ShouldBe(ReuseDecision.Validate);
    }

    [Fact]
    public void Four_statuses_are_errors_that_stale_responses_stand_in_for() =>
        Enumerable.Range(100, 500).Where(Statuses.IsServerError).ShouldBe([500, 502, 503, 504]);

    [Fact]
    public void Judging_allocates_nothing()
    {
        var stored = Wire.Stored("Cache-Control: max-age=60, stale-while-revalidate=5 | Vary: Accept, Cookie", "Accept: a, b | Cookie: c");
        var request = Wire.Request("Accept: a,b | Cookie: c | Cache-Control: max-stale=3");
        ReuseRules.Judge(stored, request, TimeSpan.Zero).ShouldBe(ReuseDecision.Fresh);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            ReuseRules.Judge(stored, request, TimeSpan.FromSeconds(i));
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
