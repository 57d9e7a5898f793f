using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Services;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.ProxyCache;

/// <summary>Threats 36 and 37 at the proxy: invalidation while an answer is on its way, and a cache that somebody fills.</summary>
public sealed class Threat_37_SizeTests(SharedGateway shared)
{
    [Fact]
    public async Task Threat_37_Entries_keep_to_the_bound()
    {
        await using var world = await ServiceWorld.StartAsync("ProxyCache:MaxBytes=2000000", "ProxyCache:MaxEntryBytes=100000");
        var text = new string('x', 20_000);
        await using var backend = await Backend.StartAsync(context => CachedService.AnswerAsync(context, text, ("Cache-Control", "max-age=60")));
        await using var service = await CachedService.StartAsync(world, backend);

        for (var i = 0; i < 300; i++)
        {
            (await service.GetAsync($"/{i}")).Body.Length.ShouldBe(text.Length);
        }

        var shelf = world.Gateway.Get<Tutti.Gateway.ProxyCache.Entries.ProxyShelf>();
        shelf.Bytes.ShouldBeLessThanOrEqualTo(2_000_000);
        shelf.Evictions.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Threat_37_What_is_too_large_passes_and_is_not_stored(bool isLengthTold)
    {
        await using var world = await ServiceWorld.StartAsync("ProxyCache:MaxBytes=2000000", "ProxyCache:MaxEntryBytes=100000");
        var text = new string('x', 300_000);
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.ContentLength = isLengthTold ? text.Length : null;
            return CachedService.AnswerAsync(context, text, ("Cache-Control", "max-age=60"));
        });
        await using var service = await CachedService.StartAsync(world, backend);

        (await service.GetAsync()).Body.ShouldBe(text);
        (await service.GetAsync()).IsHit.ShouldBeFalse();
    }

    [Fact]
    public async Task Threat_36_What_was_purged_while_it_was_on_its_way_is_not_seen_again()
    {
        var count = 0;
        var held = new TaskCompletionSource();
        await using var service = await CachedService.StartAsync(shared, async context =>
        {
            var mine = Interlocked.Increment(ref count);
            if (mine == 1)
            {
                await held.Task;
            }

            await CachedService.AnswerAsync(context, $"{mine}", ("Cache-Control", "max-age=60"));
        });
        var first = service.GetAsync("/a");
        await Eventually.TrueAsync(() => Task.FromResult(service.Calls == 1));

        using var purge = new HttpRequestMessage(HttpMethod.Parse("PURGE"), $"/{service.Name}/a");
        (await service.World.Gateway.Management.SendAsync(purge, TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeTrue();
        var second = service.GetAsync("/a");
        (await second).Body.ShouldBe("2");
        held.SetResult();

        (await first).Body.ShouldBe("1");
        (await service.GetAsync("/a")).Body.ShouldBe("2");
    }
}
