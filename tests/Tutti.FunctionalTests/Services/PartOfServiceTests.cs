using System.Net;
using System.Net.Sockets;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Services;

/// <summary>A part may name a service: its calls go to instances that are in.</summary>
public sealed class PartOfServiceTests(SharedGateway shared)
{
    [Fact]
    public async Task Calls_go_to_instances_and_past_those_that_are_dead()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);
        for (var i = 0; i < 2; i++)
        {
            await world.InstanceAsync(service, $"http://127.0.0.1:{ClosedPort()}");
        }

        var part = Some.Part($"service://{service}/items/${{id}}?a=b", Some.Param(ParamKind.Path, "id"));
        for (var i = 0; i < 10; i++)
        {
            (await world.Gateway.AskAsync(part, ("id", "x/y"))).Contents.ShouldBe("hello");
        }

        backend.Requests.Length.ShouldBe(10);
        backend.Requests.ShouldAllBe(request => request.Target == "/items/x%2Fy?a=b");
        var (status, body, _) = await world.SendAsync(HttpMethod.Delete, $"services/{service}");
        status.ShouldBe(409);
        body!["usedBy"]!.ToJsonString().ShouldContain(part.PartId);
    }

    [Fact]
    public async Task Without_an_instance_the_call_says_so()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();

        var answer = await world.Gateway.AskAsync(Some.Part($"service://{service}/"));

        answer.ShouldFailWith($"The service '{service}' has no instance that is in");
    }

    [Fact]
    public async Task A_service_that_is_not_registered_is_a_fault()
    {
        await using var world = ServiceWorld.In(shared);
        await world.SendAsync(HttpMethod.Post, "pools", """{"key":"of-services"}""");

        var (status, body, _) = await world.SendAsync(HttpMethod.Post, "parts", """{"partId":"of-nobody","uri":"service://nobody-has-this/","pool":"of-services"}""");

        status.ShouldBe(400);
        body!["errors"]!["uri"]![0]!.GetValue<string>().ShouldBe("There is no service 'nobody-has-this' that speaks http");
    }

    static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
