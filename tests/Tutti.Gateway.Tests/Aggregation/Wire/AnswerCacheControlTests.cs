using Microsoft.Extensions.Time.Testing;
using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Aggregation.Wire;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Tests.Aggregation.Wire;

public sealed class AnswerCacheControlTests
{
    static readonly FakeTimeProvider Clock = new(DateTimeOffset.FromUnixTimeMilliseconds(1_420_000_000_000));

    [Fact]
    public void Without_headers_nothing_is_told() => Of(null).ShouldBe(new CacheControl(NoStore: false, NoCache: false));

    [Theory]
    [InlineData("no-store", true, false, null)]
    [InlineData("No-Cache", false, true, null)]
    [InlineData("no-store,no-cache", true, true, null)]
    [InlineData("public, max-age=10", false, false, 1_420_000_010_000)]
    [InlineData("MAX-AGE=\"10\"", false, false, 1_420_000_010_000)]
    [InlineData("max-age=0", false, false, 1_420_000_000_000)]
    [InlineData("s-maxage=10, private, must-revalidate", false, false, null)]
    [InlineData("max-age=ten, , =, ;", false, false, null)]
    [InlineData("max-age=-1", false, false, null)]
    public void Directives_are_read(string header, bool noStore, bool noCache, long? expiresAt) =>
        Of(header).ShouldBe(new CacheControl(noStore, noCache, expiresAt));

    [Theory]
    [InlineData("max-age=2147483647")]
    [InlineData("max-age=99999999999999")]
    public void The_longest_age_does_not_overflow(string header) => Of(header).ExpiresAt.ShouldBe(1_420_000_000_000 + (2_147_483_647L * 1_000));

    [Fact]
    public void Validators_are_passed_on_as_they_came() =>
        AnswerCacheControl.Of(new CacheHeaders(null, "W/\"x\"", "Tue, 01 Jan 2030 00:00:00 GMT"), Clock)
            .ShouldBe(new CacheControl(false, false, null, "W/\"x\"", "Tue, 01 Jan 2030 00:00:00 GMT"));

    static CacheControl Of(string? header) => AnswerCacheControl.Of(new CacheHeaders(header, null, null), Clock);
}
