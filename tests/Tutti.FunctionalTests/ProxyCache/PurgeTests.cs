using Tutti.FunctionalTests.Services;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.ProxyCache;

/// <summary>PURGE, BAN and tags, hard and soft.</summary>
public sealed class PurgeTests(SharedGateway shared)
{
    [Fact]
    public async Task A_purged_url_is_fetched_again_in_any_order_of_its_arguments()
    {
        await using var service = await StartAsync();
        await service.GetAsync("/a?x=1&y=2");
        await service.GetAsync("/b");

        (await PurgeAsync(service, "PURGE", $"/{service.Name}/a?y=2&x=1")).ShouldBe(200);

        (await service.GetAsync("/a?x=1&y=2")).IsHit.ShouldBeFalse();
        (await service.GetAsync("/b")).IsHit.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/things", true)]
    [InlineData("/things?a=1", true)]
    [InlineData("/things/1", false)]
    [InlineData("/thingsy", false)]
    public async Task A_ban_takes_what_its_pattern_matches(string path, bool isBanned)
    {
        await using var service = await StartAsync();
        await service.GetAsync(path);

        // As Ocean escapes it: /…/things($|\?)
        (await PurgeAsync(service, "BAN", $"/{service.Name[..^1]}%5B0-9a-f%5D+/things($%7C%5C%3F)")).ShouldBe(200);

        (await service.GetAsync(path)).IsHit.ShouldBe(!isBanned);
    }

    [Fact]
    public async Task A_ban_does_not_take_what_came_after_it()
    {
        await using var service = await StartAsync();
        await PurgeAsync(service, "BAN", $"/{service.Name}/");
        await service.GetAsync("/a");

        (await service.GetAsync("/a")).IsHit.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Surrogate-Key", "one two", "two")]
    [InlineData("xkey", "one two", "one")]
    [InlineData("Cache-Groups", "\"one\", \"two\"", "two")]
    public async Task A_tag_takes_what_bears_it(string field, string tags, string tag)
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"), (field, tags));
        await service.GetAsync("/a");

        (await PurgeAsync(service, "PURGE", "/", (field, tag))).ShouldBe(200);

        (await service.GetAsync("/a")).IsHit.ShouldBeFalse();
    }

    [Fact]
    public async Task A_softly_purged_answer_is_given_once_more()
    {
        await using var service = await StartAsync();
        await service.GetAsync("/a");

        await PurgeAsync(service, "PURGE", $"/{service.Name}/a", ("Tutti-Mode", "soft"));

        (await service.GetAsync("/a")).Body.ShouldBe("1");
        await Eventually.TrueAsync(async () => (await service.GetAsync("/a")).Body == "2");
    }

    [Theory]
    [InlineData("BAN", "/(a", "hard", 400)]
    [InlineData("BAN", "/(a)%5C1", "hard", 400)]
    [InlineData("PURGE", "/a", "maybe", 400)]
    public async Task What_cannot_be_understood_is_refused(string method, string path, string mode, int status)
    {
        await using var service = await StartAsync();

        (await PurgeAsync(service, method, path, ("Tutti-Mode", mode))).ShouldBe(status);
    }

    [Fact]
    public async Task On_the_traffic_port_trusted_networks_alone_purge()
    {
        await using var service = await StartAsync();
        await service.GetAsync("/a");

        (await service.SendAsync("PURGE", "/a")).Status.ShouldBe(403);
        (await service.SendAsync("BAN", "/a")).Status.ShouldBe(403);

        (await service.GetAsync("/a")).IsHit.ShouldBeTrue();
    }

    [Fact]
    public async Task A_trusted_network_purges_on_the_traffic_port()
    {
        await using var world = await ServiceWorld.StartAsync("ProxyCache:TrustedNetworks:0=127.0.0.0/8");
        await using var backend = await Backend.StartAsync(context => CachedService.AnswerAsync(context, "x", ("Cache-Control", "max-age=60")));
        await using var service = await CachedService.StartAsync(world, backend);
        await service.GetAsync("/a");

        (await service.SendAsync("PURGE", "/a")).Status.ShouldBe(200);

        (await service.GetAsync("/a")).IsHit.ShouldBeFalse();
    }

    Task<CachedService> StartAsync() => CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"));

    static async Task<int> PurgeAsync(CachedService service, string method, string target, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Parse(method), new Uri(service.World.Gateway.Management.BaseAddress!.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await service.World.Gateway.Management.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
