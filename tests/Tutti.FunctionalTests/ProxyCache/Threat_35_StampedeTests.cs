using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.ProxyCache;

/// <summary>Threat 35 at the proxy: many ask the same at once.</summary>
public sealed class Threat_35_StampedeTests(SharedGateway shared)
{
    const int Many = 60;

    [Fact]
    public async Task Cold_and_expired_cost_one_call_each()
    {
        await using var service = await CachedService.StartAsync(shared, async context =>
        {
            await Task.Delay(300);
            await CachedService.AnswerAsync(context, "x", ("Cache-Control", "max-age=2"));
        });

        var cold = await AllAsync(service);
        await Task.Delay(TimeSpan.FromMilliseconds(3_100), TestContext.Current.CancellationToken);
        await AllAsync(service);

        cold.ShouldAllBe(answer => answer.Status == 200 && answer.Body == "x");
        cold.Count(answer => answer.CacheStatus!.Contains("collapsed", StringComparison.Ordinal)).ShouldBeGreaterThan(Many / 2);
        service.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Errors_are_shared_with_those_who_waited()
    {
        await using var service = await CachedService.StartAsync(shared, async context =>
        {
            await Task.Delay(500);
            context.Response.StatusCode = 500;
            await context.Response.WriteAsync("sorry");
        });

        (await AllAsync(service)).ShouldAllBe(answer => answer.Status == 500 && answer.Body == "sorry");

        service.Calls.ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public async Task Private_answers_are_neither_shared_nor_made_one_after_the_other()
    {
        var count = 0;
        await using var service = await CachedService.StartAsync(shared, async context =>
        {
            await Task.Delay(500);
            await CachedService.AnswerAsync(context, $"{Interlocked.Increment(ref count)}", ("Cache-Control", "private, max-age=60"));
        });
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();

        var answers = await AllAsync(service);

        answers.Select(answer => answer.Body).Distinct().Count().ShouldBe(Many);
        System.Diagnostics.Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(Many * 0.5 / 2));
    }

    [Fact]
    public async Task One_who_leaves_takes_the_answer_from_nobody()
    {
        await using var service = await CachedService.StartAsync(shared, async context =>
        {
            await Task.Delay(1_000);
            await CachedService.AnswerAsync(context, "x", ("Cache-Control", "max-age=60"));
        });
        using var leaves = new CancellationTokenSource();
        var first = service.World.Client.GetAsync($"/{service.Name}", leaves.Token);
        await Eventually.TrueAsync(() => Task.FromResult(service.Calls == 1));
        var second = service.GetAsync();
        await Task.Delay(200, TestContext.Current.CancellationToken);

        await leaves.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(first);
        (await second).Body.ShouldBe("x");
    }

    static Task<Told[]> AllAsync(CachedService service) => Task.WhenAll(Enumerable.Range(0, Many).Select(_ => service.GetAsync()));
}
