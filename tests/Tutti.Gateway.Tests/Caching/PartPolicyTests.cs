using Tutti.Gateway.Caching;
using Tutti.Gateway.Caching.Marks;
using Tutti.Gateway.Tests.Caching.Rules;

namespace Tutti.Gateway.Tests.Caching;

/// <summary>The part's own time to live against what the backend says: the table of the page on caching.</summary>
public sealed class PartPolicyTests
{
    const uint Longest = PartPolicy.Longest;

    [Theory]
    [InlineData(null, "", Longest, Longest)]
    [InlineData(60_000L, "", 60u, 60u)]
    [InlineData(1_999L, "", 1u, 1u)]
    [InlineData(long.MaxValue, "", Longest, Longest)]
    [InlineData(null, "Cache-Control: max-age=30", 30u, 30u)]
    [InlineData(60_000L, "Cache-Control: max-age=30", 30u, 30u)]
    [InlineData(60_000L, "Cache-Control: max-age=90", 60u, 60u)]
    [InlineData(60_000L, "Cache-Control: s-maxage=20, max-age=30 | Expires: {50}", 20u, 20u)]
    [InlineData(60_000L, "Expires: {50}", 50u, 50u)]
    [InlineData(null, "ETag: \"x\"", 0u, Longest)]
    [InlineData(60_000L, "ETag: \"x\"", 0u, 60u)]
    [InlineData(60_000L, "Last-Modified: {-9}", 0u, 60u)]
    [InlineData(null, "ETag: \"x\" | Cache-Control: max-age=30", 30u, Longest)]
    [InlineData(60_000L, "ETag: \"x\" | Cache-Control: max-age=30", 30u, 60u)]
    [InlineData(60_000L, "Cache-Control: max-age=30, stale-while-revalidate=10", 30u, 40u)]
    [InlineData(60_000L, "Cache-Control: max-age=30, stale-if-error=90", 30u, 60u)]
    public void An_answer_is_fresh_and_kept_for_so_long(long? ttl, string response, uint fresh, uint kept)
    {
        var verdict = Judge(ttl, response);

        verdict.IsStored.ShouldBeTrue();
        (verdict.Policy.Lifetime, verdict.KeepFor).ShouldBe((fresh, kept));
    }

    [Theory]
    [InlineData(0L, "ETag: \"x\" | Cache-Control: max-age=30", 200)]
    [InlineData(999L, "", 200)]
    [InlineData(60_000L, "Cache-Control: max-age=30", 500)]
    [InlineData(60_000L, "Cache-Control: max-age=30", 599)]
    [InlineData(60_000L, "Cache-Control: no-store", 200)]
    [InlineData(60_000L, "Cache-Control: private, max-age=30", 200)]
    [InlineData(60_000L, "Cache-Control: max-age=30 | Set-Cookie: a=b", 200)]
    [InlineData(60_000L, "Vary: *", 200)]
    [InlineData(60_000L, "Vary: Accept, traceparent", 200)]
    [InlineData(60_000L, "", 400)]
    public void What_may_not_be_stored_is_not(long ttl, string response, int status) => Judge(ttl, response, status).IsStored.ShouldBeFalse();

    [Theory]
    [InlineData(60_000L, "Age: 90")]
    [InlineData(60_000L, "Date: {-90}")]
    [InlineData(60_000L, "Age: 90 | Cache-Control: max-age=600")]
    public void The_parts_own_time_begins_when_the_answer_comes(long ttl, string response)
    {
        var verdict = Judge(ttl, response);

        verdict.IsStored.ShouldBeTrue();
        verdict.Policy.TimeToLive(TimeSpan.Zero).ShouldBe(60);
    }

    [Fact]
    public void The_backends_time_is_less_the_age_that_the_answer_came_with()
    {
        var verdict = Judge(60_000, "Age: 20 | Cache-Control: max-age=30");

        (verdict.Policy.TimeToLive(TimeSpan.Zero), verdict.KeepFor).ShouldBe((10, 10u));
    }

    [Fact]
    public void What_must_not_be_stale_is_not_kept_for_it() =>
        Judge(60_000, "Cache-Control: max-age=30, must-revalidate, stale-if-error=20, stale-while-revalidate=20").KeepFor.ShouldBe(30u);

    static PartVerdict Judge(long? ttl, string response, int status = 200)
    {
        var part = Some.Model(Some.Part() with { CacheTtl = ttl });
        return PartPolicy.Judge(part, new CachedParts(new MarkTable()).Of(part), Wire.Exchange(response, status: status));
    }
}
