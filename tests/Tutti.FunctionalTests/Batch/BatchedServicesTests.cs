using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Services;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Batch;

/// <summary>Services behind the proxy, asked in a batch.</summary>
public sealed class BatchedServicesTests(SharedGateway shared)
{
    [Fact]
    public async Task A_service_is_asked_as_if_the_request_had_come_alone()
    {
        await using var backend = await Backend.StartAsync(context => context.Response.WriteAsJsonAsync(new { from = context.Request.Headers["X-Forwarded-For"].ToString() }));
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);

        using var answer = await shared.Gateway.Traffic.PostAsJsonAsync("/batch", new
        {
            requests = new object[]
            {
                new { id = "get", method = "GET", url = $"/{service}/a%2Fb?q=1" },
                new { id = "post", method = "POST", url = $"/{service}/c", body = new { n = 1 } },
                new { id = "later", method = "GET", url = $"/{service}/{{$responses.post.body.from}}" },
            },
        });

        var responses = (await BatchTests.JsonOf(answer)).GetProperty("responses");
        responses[1].GetProperty("body").GetProperty("from").GetString().ShouldBe("127.0.0.1");
        backend.Requests.Single(request => request.Method == "POST").Body.ShouldBe("""{"n":1}""");
        backend.Requests.Select(request => request.Target).Order().ShouldBe([$"/{service}/127.0.0.1", $"/{service}/a%2Fb?q=1", $"/{service}/c"]);
    }

    [Fact]
    public async Task A_service_that_streams_is_refused_and_let_go()
    {
        var left = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => left.TrySetResult());
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: one\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);

        using var answer = await shared.Gateway.Traffic.GetAsync($"/batch?events=/{service}&good=/livez");

        answer.Headers.GetValues("Batch-Status").ShouldBe(["events=501, good=200"]);
        await left.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
