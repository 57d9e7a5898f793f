using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Services;

/// <summary>What ConductR's own libraries send is answered as they need it.</summary>
public sealed class ConductrLibraryTests(SharedGateway shared)
{
    [Fact]
    public async Task A_bundle_signals_and_finds_with_nothing_but_its_environment()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var bundle = await world.BundleAsync(service);
        await world.InstanceOfAsync(bundle, service, "http://127.0.0.1:7001", ""","lease":30000""");
        var variables = (await world.SendAsync(HttpMethod.Get, $"bundles/{bundle}/environment")).Body!;
        using var locator = await ConductrClient.ConnectAsync((string)variables["SERVICE_LOCATOR"]!);
        using var status = await ConductrClient.ConnectAsync((string)variables["CONDUCTR_STATUS"]!);
        (await locator.LookUpAsync($"/{service}")).ShouldBeNull();

        (await status.SignalAsync(bundle)).ShouldBe(204);
        (await status.SignalAsync(bundle, "Content-Length: 0\r\n")).ShouldBe(204);
        (await status.SignalAsync(bundle, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n")).ShouldBe(204);

        var found = (await locator.LookUpAsync($"/{service}")).ShouldNotBeNull();
        found.Location.ShouldBe($"{world.Traffic}/{service}");
        found.MaxAge.ShouldNotBeNull().ShouldBeInRange(25, 30);
        (await locator.LookUpAsync($"/{service}", "HEAD")).ShouldNotBeNull().Location.ShouldBe(found.Location);
        (await locator.LookUpAsync("/nobody")).ShouldBeNull();
        (await locator.LookUpAsync($"/{service}/a|b/\"c\"?q=<d>&e=%7Cf")).ShouldNotBeNull().Location.ShouldBe($"{world.Traffic}/{service}/a%7Cb/%22c%22?q=%3Cd%3E&e=%7Cf");
    }

    [Fact]
    public async Task An_id_of_two_halves_is_the_id_of_a_bundle()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var bundle = $"{new string('a', 32)}-{new string('b', 32)}";
        await world.PutAsync($"bundles/{bundle}", $$"""{"bundleId":"{{bundle}}","name":"{{service}}","endpoints":[{"name":"web","service":"{{service}}"}]}""");
        await world.InstanceOfAsync(bundle, service, "http://127.0.0.1:7001");
        using var status = await ConductrClient.ConnectAsync((string)(await world.SendAsync(HttpMethod.Get, $"bundles/{bundle}/environment")).Body!["CONDUCTR_STATUS"]!);

        (await status.SignalAsync(bundle)).ShouldBe(204);
        (await status.SignalAsync(new string('c', 32))).ShouldBe(404);
    }
}
