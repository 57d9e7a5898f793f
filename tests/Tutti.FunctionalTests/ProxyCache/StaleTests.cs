using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.ProxyCache;

/// <summary>Stale answers (RFC 9111, 4.2.4; RFC 5861).</summary>
public sealed class StaleTests(SharedGateway shared)
{
    [Theory]
    [InlineData("max-age=0, stale-if-error=600", "", true)]
    [InlineData("max-age=0", ""","cache":{"grace":600000}""", true)]
    [InlineData("max-age=0", "", false)]
    [InlineData("max-age=0, must-revalidate", ""","cache":{"grace":600000}""", false)]
    [InlineData("s-maxage=0", ""","cache":{"grace":600000}""", false)]
    public async Task A_stale_answer_stands_in_for_a_failure_where_it_may(string control, string more, bool mayStandIn)
    {
        var isDown = false;
        await using var service = await CachedService.StartAsync(
            shared,
            context =>
            {
                context.Response.StatusCode = isDown ? 503 : 200;
                return CachedService.AnswerAsync(context, "body", ("Cache-Control", isDown ? "no-store" : control), ("ETag", "\"a\""));
            },
            more);
        await service.GetAsync();
        isDown = true;

        var answer = await service.GetAsync();

        answer.Status.ShouldBe(mayStandIn ? 200 : 503);
    }

    [Fact]
    public async Task A_stale_answer_stands_in_for_a_service_that_is_gone()
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=0, stale-if-error=600"));
        await service.GetAsync();
        await service.Backend.DisposeAsync();

        var answer = await service.GetAsync();

        answer.Status.ShouldBe(200);
        answer.Body.ShouldBe("1");
        answer.CacheStatus!.ShouldContain("fwd=stale");
    }

    [Fact]
    public async Task A_stale_answer_is_given_at_once_and_fetched_anew_behind_it()
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=1, stale-while-revalidate=600"));
        await service.GetAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(2_100), TestContext.Current.CancellationToken);

        (await service.GetAsync()).Body.ShouldBe("1");

        await Eventually.TrueAsync(async () => (await service.GetAsync()).Body == "2");
    }
}
