using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.ProxyCache;

/// <summary>The order of arguments and the way of escaping do not tell answers apart.</summary>
public sealed class QueryOrderTests(SharedGateway shared)
{
    [Theory]
    [InlineData("/v1/things?foo=1&bar=2", "/v1/things?bar=2&foo=1")]
    [InlineData("/v1/things?a=%2f", "/v1/things?a=%2F")]
    [InlineData("/x?b=2&a=1&a=0", "/x?a=1&b=2&a=0")]
    public async Task Equal_targets_are_one_entry(string one, string other)
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"));
        await service.GetAsync(one);

        (await service.GetAsync(other)).IsHit.ShouldBeTrue();

        service.Backend.Request.Target.ShouldBe($"/{service.Name}{one}");
    }

    [Theory]
    [InlineData("/x?a=1&a=2", "/x?a=2&a=1")]
    [InlineData("/a%2fb", "/a/b")]
    [InlineData("/a", "/A")]
    [InlineData("/x?a=1", "/x?a=1&")]
    [InlineData("/x;a=1", "/x;a=2")]
    [InlineData("/x?a=1&utm_source=y", "/x?a=1")]
    public async Task Threat_34_Unequal_ones_are_not(string one, string other)
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"));
        await service.GetAsync(one);

        (await service.GetAsync(other)).Body.ShouldBe("2");
    }

    [Fact]
    public async Task Arguments_are_ignored_where_the_service_says_so()
    {
        await using var service = await CachedService.StartAsync(
            shared, ""","cache":{"ignoreArguments":["utm_*","fbclid"],"ignoreEmptyArguments":true}""", ("Cache-Control", "max-age=60"));
        await service.GetAsync("/x?a=1&utm_source=y&fbclid=z&e=");

        (await service.GetAsync("/x?a=1")).IsHit.ShouldBeTrue();
        (await service.GetAsync("/x?fbclid2=1&a=1")).Body.ShouldBe("2");
    }
}
