using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.ProxyCache;

/// <summary>Variants (RFC 9111, 4.1) at the proxy.</summary>
public sealed class VaryTests(SharedGateway shared)
{
    [Fact]
    public async Task Threat_32_Variants_stand_beside_each_other()
    {
        await using var service = await CachedService.StartAsync(shared, context =>
            CachedService.AnswerAsync(context, $"{context.Request.Headers.AcceptLanguage}", ("Cache-Control", "max-age=60"), ("Vary", "Accept-Language")));
        await service.GetAsync("", ("Accept-Language", "en"));
        await service.GetAsync("", ("Accept-Language", "sv"));

        (await service.GetAsync("", ("Accept-Language", "en"))).Body.ShouldBe("en");
        (await service.GetAsync("", ("Accept-Language", "sv"))).Body.ShouldBe("sv");
        var other = await service.GetAsync("", ("Accept-Language", "de"));

        other.CacheStatus!.ShouldContain("fwd=vary-miss");
        service.Calls.ShouldBe(3);
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Accept, traceparent")]
    public async Task What_varies_by_what_the_gateway_writes_is_not_stored(string vary)
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"), ("Vary", vary));

        await service.GetAsync();

        (await service.GetAsync()).Body.ShouldBe("2");
    }
}
