using Tutti.FunctionalTests.Support;
using Tutti.FunctionalTests.Threats;

namespace Tutti.FunctionalTests.Services;

/// <summary>The locator answers 307 or 404, and says no more than it knows.</summary>
public sealed class LookUpTests(SharedGateway shared)
{
    [Theory]
    [InlineData("", "")]
    [InlineData("/", "/")]
    [InlineData("/123", "/123")]
    [InlineData("/a%2Fb/%E2%82%AC/c%20d", "/a%2Fb/%E2%82%AC/c%20d")]
    [InlineData("?q=a%26b&c=%2B+d", "?q=a%26b&c=%2B+d")]
    [InlineData("/x?y=/z?%3f", "/x?y=/z?%3f")]
    public async Task The_rest_of_path_and_query_goes_over_unchanged(string asked, string kept)
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, "http://127.0.0.1:1");

        var (status, location, maxAge) = await world.LookUpAsync($"/{service}{asked}");

        status.ShouldBe(307);
        location.ShouldBe($"{world.Traffic}/{service}{kept}");
        maxAge.ShouldBe(60);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("PROPFIND")]
    public async Task Every_method_is_redirected_alike(string method)
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, "http://127.0.0.1:1");

        (await world.LookUpAsync($"/{service}/1", method)).ShouldBe((307, $"{world.Traffic}/{service}/1", 60));
        (await world.LookUpAsync("/nobody/1", method)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task What_a_URI_may_not_hold_is_escaped()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, "http://127.0.0.1:1");

        var answer = await RawClient.ExchangeAsync(world.Gateway, $"GET /services/{service}/a|b\"<c>%zz?d={{e}}^[1] HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

        answer.ShouldContain($"\r\nLocation: {world.Traffic}/{service}/a%7Cb%22%3Cc%3E%25zz?d=%7Be%7D%5E%5B1%5D\r\n");
        answer.ShouldContain("\r\nCache-Control: max-age=60\r\n");
    }

    [Fact]
    public async Task A_second_slash_before_the_name_is_passed_over()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, "http://127.0.0.1:1");

        (await world.LookUpAsync($"//{service}/1")).Location.ShouldBe($"{world.Traffic}/{service}/1");
        (await world.LookUpAsync("")).Status.ShouldBe(404);
        (await world.LookUpAsync("/")).Status.ShouldBe(404);
        (await world.LookUpAsync($"/{service.ToUpperInvariant()}")).Status.ShouldBe(404);
        (await world.LookUpAsync($"/{service[..^1]}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task An_instance_is_told_without_the_name_where_that_is_wanted()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync(""","locate":"instance" """);
        await world.InstanceAsync(service, "http://10.1.2.3:10121", ""","lease":30000""");

        (await world.LookUpAsync($"/{service}/123?x=1")).Location.ShouldBe("http://10.1.2.3:10121/123?x=1");
        var found = await world.LookUpAsync($"/{service}");
        found.Location.ShouldBe("http://10.1.2.3:10121/");
        found.MaxAge!.Value.ShouldBeInRange(20, 30);
    }

    [Theory]
    [InlineData("tcp", "10.0.1.22:61616", "tcp://10.0.1.22:61616")]
    [InlineData("udp", "udp://10.0.1.22:53", "udp://10.0.1.22:53")]
    public async Task Services_that_speak_no_HTTP_answer_their_own_address(string protocol, string address, string location)
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync($$""","protocol":"{{protocol}}" """);
        await world.InstanceAsync(service, address);

        (await world.LookUpAsync($"/{service}")).ShouldBe((307, location, 60));
    }

    [Fact]
    public async Task A_service_that_is_proxied_under_another_prefix_is_told_there()
    {
        await using var world = ServiceWorld.In(shared);
        var prefix = Some.Name("/crm");
        var service = await world.ServiceAsync($$""","route":{"prefix":"{{prefix}}","strip":true}""");
        await world.InstanceAsync(service, "http://127.0.0.1:1");

        (await world.LookUpAsync($"/{service}/1")).Location.ShouldBe($"{world.Traffic}{prefix}/1");
    }

    [Fact]
    public async Task A_service_without_prefix_is_told_by_its_instance()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync(""","route":{"off":true}""");
        await world.InstanceAsync(service, "http://10.1.2.3:80");

        (await world.LookUpAsync($"/{service}/1")).Location.ShouldBe("http://10.1.2.3/1");
    }

    [Fact]
    public async Task The_configured_address_wins_and_the_default_way_is_a_setting()
    {
        await using var world = await ServiceWorld.StartAsync("Services:PublicUrl=https://api.example.com", "Services:MaxAgeSeconds=7");
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, "http://127.0.0.1:1");
        (await world.LookUpAsync($"/{service}/1")).ShouldBe((307, $"https://api.example.com/{service}/1", 7));

        await using var other = await ServiceWorld.StartAsync("Services:Locate=instance");
        var near = await other.ServiceAsync();
        await other.InstanceAsync(near, "http://127.0.0.1:1");
        (await other.LookUpAsync($"/{near}/1")).Location.ShouldBe("http://127.0.0.1:1/1");
    }
}
