using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Services;

/// <summary>A bundle is told what ConductR's libraries read, and what it is told works.</summary>
public sealed class EnvironmentTests(SharedGateway shared)
{
    [Fact]
    public async Task With_its_environment_a_bundle_signals_and_locates()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var bundle = await world.BundleAsync(service);
        var id = await world.InstanceOfAsync(bundle, service, "http://127.0.0.1:7001");

        var variables = (await world.SendAsync(HttpMethod.Get, $"bundles/{bundle}/environment?instance={id}")).Body!.AsObject()
            .ToDictionary(variable => variable.Key, variable => variable.Value!.GetValue<string>());

        variables["BUNDLE_ID"].ShouldBe(bundle);
        variables["SERVICE_LOCATOR"].ShouldBe($"{world.Traffic}/services");
        variables["SERVICE_LOCATOR_PORT"].ShouldBe($"{new Uri(world.Traffic).Port}");
        variables["CONDUCTR_STATUS_IP"].ShouldBe("127.0.0.1");
        variables["WEB_BIND_PORT"].ShouldBe("7001");
        variables["WEB_HOST"].ShouldBe("http://127.0.0.1:7001");
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var signal = await client.PutAsync($"{variables["CONDUCTR_STATUS"]}/bundles/{bundle}?isStarted=true", null, TestContext.Current.CancellationToken);
        ((int)signal.StatusCode).ShouldBe(204);
        using var found = await client.GetAsync($"{variables["SERVICE_LOCATOR"]}/{service}/1", TestContext.Current.CancellationToken);
        ((int)found.StatusCode).ShouldBe(307);

        (await world.SendAsync(HttpMethod.Get, "bundles/nobody/environment")).Status.ShouldBe(404);
        (await world.SendAsync(HttpMethod.Get, $"bundles/{bundle}/environment?instance=nobody")).Status.ShouldBe(404);
    }
}
