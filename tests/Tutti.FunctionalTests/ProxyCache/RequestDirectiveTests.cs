using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.ProxyCache;

/// <summary>What clients ask of the cache (RFC 9111, 5.2.1), filtered by default.</summary>
public sealed class RequestDirectiveTests(SharedGateway shared)
{
    [Theory]
    [InlineData("Cache-Control", "no-cache")]
    [InlineData("Cache-Control", "no-store")]
    [InlineData("Cache-Control", "must-revalidate, max-age=0")]
    [InlineData("Pragma", "no-cache")]
    public async Task Nobody_forces_a_call_to_the_service(string name, string value)
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"));
        var first = await service.GetAsync("", (name, value), ("X-Other", "1"));

        (await service.GetAsync("", (name, value))).IsHit.ShouldBeTrue();

        first.Body.ShouldBe("1");
        service.Backend.Request.Header(name).ShouldBeNull();
    }

    [Theory]
    [InlineData("Cache-Control", "no-cache")]
    [InlineData("Cache-Control", "max-age=0")]
    [InlineData("Pragma", "no-cache")]
    public async Task A_service_may_honour_them(string name, string value)
    {
        await using var service = await CachedService.StartAsync(shared, ""","cache":{"honourRequests":true}""", ("Cache-Control", "max-age=60"), ("Age", "5"));
        await service.GetAsync();

        (await service.GetAsync("", (name, value))).Body.ShouldBe("2");

        service.Backend.Requests[1].Header(name).ShouldBe(value);
    }

    [Fact]
    public async Task A_trusted_caller_has_an_answer_fetched_anew()
    {
        await using var world = await Services.ServiceWorld.StartAsync("ProxyCache:TrustedNetworks:0=127.0.0.0/8");
        await using var backend = await Backend.StartAsync(context => CachedService.AnswerAsync(context, "x", ("Cache-Control", "max-age=60")));
        await using var service = await CachedService.StartAsync(world, backend);
        await service.GetAsync();

        await service.GetAsync("", ("Cache-Control", "no-cache"));

        service.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Only_if_cached_is_answered_from_the_cache_or_not_at_all()
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"));

        var nothing = await service.GetAsync("", ("Cache-Control", "only-if-cached"));
        await service.GetAsync();
        var stored = await service.GetAsync("", ("Cache-Control", "only-if-cached"));

        nothing.Status.ShouldBe(504);
        stored.IsHit.ShouldBeTrue();
        service.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Max_stale_and_min_fresh_work()
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=30"), ("Age", "31"), ("ETag", "\"a\""));
        await service.GetAsync();

        (await service.GetAsync("", ("Cache-Control", "max-stale=100"))).IsHit.ShouldBeTrue();
        (await service.GetAsync("", ("Cache-Control", "max-stale=0"))).Body.ShouldBe("2");

        await using var fresh = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=30"));
        await fresh.GetAsync();
        (await fresh.GetAsync("", ("Cache-Control", "min-fresh=10"))).IsHit.ShouldBeTrue();
        (await fresh.GetAsync("", ("Cache-Control", "min-fresh=40"))).Body.ShouldBe("2");
    }
}
