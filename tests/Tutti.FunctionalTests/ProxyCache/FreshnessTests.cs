using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.ProxyCache;

/// <summary>Freshness and storing (RFC 9111, 3 and 4.2), Age (5.1) and Cache-Status (RFC 9211) at the proxy.</summary>
public sealed class FreshnessTests(SharedGateway shared)
{
    [Fact]
    public async Task A_fresh_answer_is_given_again_with_its_age()
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"), ("Age", "7"));

        var first = await service.GetAsync("/a?x=1");
        var second = await service.GetAsync("/a?x=1");

        first.Body.ShouldBe("1");
        first.CacheStatus.ShouldBe("Tutti; fwd=uri-miss; stored");
        second.Body.ShouldBe("1");
        second.CacheStatus!.ShouldStartWith("Tutti; hit; ttl=");
        int.Parse(second["Age"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(7, 30);
        second["Date"].ShouldBe(first["Date"]);
        second["Via"].ShouldBe("1.1 tutti");
        service.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData("Cache-Control", "no-store, max-age=60")]
    [InlineData("Cache-Control", "private, max-age=60")]
    [InlineData("Cache-Control", "max-age=0")]
    [InlineData("Vary", "*")]
    [InlineData("X-Nothing", "said")]
    [InlineData("Expires", "0")]
    public async Task What_may_not_be_used_again_is_fetched_again(string name, string value)
    {
        await using var service = await CachedService.StartAsync(shared, "", (name, value));

        (await service.GetAsync()).Body.ShouldBe("1");
        (await service.GetAsync()).Body.ShouldBe("2");
    }

    [Fact]
    public async Task A_lifetime_is_guessed_from_the_last_change()
    {
        await using var service = await CachedService.StartAsync(
            shared, "", ("Last-Modified", DateTimeOffset.UnixEpoch.AddYears(40).ToString("R", System.Globalization.CultureInfo.InvariantCulture)));

        await service.GetAsync();

        (await service.GetAsync()).IsHit.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Tutti-Cache-Control", "max-age=60")]
    [InlineData("CDN-Cache-Control", "max-age=60")]
    public async Task A_targeted_field_comes_before_the_general_one(string name, string value)
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "no-store"), (name, value));

        await service.GetAsync();

        (await service.GetAsync()).IsHit.ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_is_cached_of_a_service_that_is_not_cached()
    {
        await using var service = await CachedService.StartAsync(shared, ""","cache":{"off":true}""", ("Cache-Control", "max-age=60"));

        await service.GetAsync();
        var second = await service.GetAsync();

        second.Body.ShouldBe("2");
        second.CacheStatus.ShouldBeNull();
    }

    [Fact]
    public async Task An_answer_of_older_settings_is_not_used()
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"));
        await service.GetAsync();

        var (_, _, tag) = await service.World.SendAsync(HttpMethod.Get, $"services/{service.Name}");
        await service.World.PutAsync($"services/{service.Name}", $$$"""{"name":"{{{service.Name}}}","cache":{"grace":1000}}""", tag);

        (await service.GetAsync()).Body.ShouldBe("2");
    }

    [Fact]
    public async Task The_body_of_a_stored_answer_is_whole_however_it_came()
    {
        var text = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i},"));
        await using var service = await CachedService.StartAsync(shared, async context =>
        {
            context.Response.Headers.CacheControl = "max-age=60";
            for (var at = 0; at < text.Length; at += 10_000)
            {
                await context.Response.WriteAsync(text.Substring(at, Math.Min(10_000, text.Length - at)));
                await context.Response.Body.FlushAsync();
            }
        });

        (await service.GetAsync()).Body.ShouldBe(text);
        var second = await service.GetAsync();

        second.IsHit.ShouldBeTrue();
        second.Body.ShouldBe(text);
        second["Content-Length"].ShouldBe($"{text.Length}");
    }
}
