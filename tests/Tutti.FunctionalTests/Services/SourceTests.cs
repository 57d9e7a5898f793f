using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Services;

/// <summary>Instances come from elsewhere too: the configuration, DNS, and Microsoft.Extensions.ServiceDiscovery.</summary>
public sealed class SourceTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Configured_instances_are_there_as_soon_as_their_service_is()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = await ServiceWorld.StartAsync($"Services:Instances:0=fixed={backend.Url}");
        await world.ServiceAsync(name: "fixed");

        (await world.LookUpAsync("/fixed")).Status.ShouldBe(307);
        (await world.Client.GetStringAsync("/fixed", Ct)).ShouldBe("hello");
    }

    [Fact]
    public async Task The_addresses_of_a_host_name_are_instances()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = await ServiceWorld.StartAsync();
        var service = await world.ServiceAsync($$""","locate":"instance","source":{"kind":"dns","name":"localhost:{{new Uri(backend.Url).Port}}","refresh":1000}""");

        await Eventually.TrueAsync(async () => (await world.LookUpAsync($"/{service}")).Status == 307);
        (await world.LookUpAsync($"/{service}/x")).MaxAge!.Value.ShouldBeLessThanOrEqualTo(3);
        (await world.Client.GetStringAsync($"/{service}", Ct)).ShouldBe("hello");
    }

    [Fact]
    public async Task What_service_discovery_resolves_are_instances_until_the_service_asks_elsewhere()
    {
        await using var backend = await Backend.StartAsync();
        // The provider that comes with it reads the configuration outside of Tutti's own part.
        Environment.SetEnvironmentVariable("Services__discovered__http__0", backend.Url);
        await using var world = await ServiceWorld.StartAsync();
        var service = await world.ServiceAsync(""","source":{"kind":"discovery","name":"http://discovered","refresh":1000}""");
        await Eventually.TrueAsync(async () => (await world.LookUpAsync($"/{service}")).Status == 307);
        (await world.Client.GetStringAsync($"/{service}", Ct)).ShouldBe("hello");

        await world.PutAsync($"services/{service}", $$"""{"name":"{{service}}"}""", "*");
        (await world.LookUpAsync($"/{service}")).Status.ShouldBe(404);
    }
}
