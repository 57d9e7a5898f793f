using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Services;

/// <summary>What the proxy does when instances fail: another one where that is safe, else an answer that says which service.</summary>
public sealed class ProxyTroubleTests(SharedGateway shared)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_an_instance_it_is_503_with_Retry_After()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();

        await ShouldBeAsync(await world.Client.GetAsync($"/{service}", Ct), 503, service, "No instance");
    }

    [Fact]
    public async Task A_refusal_is_502_every_time()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, $"http://127.0.0.1:{ClosedPort()}");

        for (var i = 0; i < 3; i++)
        {
            await ShouldBeAsync(await world.Client.GetAsync($"/{service}", Ct), 502, service, "Unreachable");
        }
    }

    [Fact]
    public async Task An_instance_that_accepts_and_is_silent_is_504()
    {
        using var silent = Listening();
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync(""","timeouts":{"answer":200},"retries":0""");
        await world.InstanceAsync(service, $"http://{silent.LocalEndpoint}");

        await ShouldBeAsync(await world.Client.GetAsync($"/{service}", Ct), 504, service, "Timed out");
    }

    [Fact]
    public async Task A_forbidden_address_is_502()
    {
        await using var world = await ServiceWorld.StartAsync("Backends:DeniedNetworks:0=127.0.0.0/8");
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, "http://127.0.0.1:9");

        await ShouldBeAsync(await world.Client.GetAsync($"/{service}", Ct), 502, service, "Unreachable");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task A_request_that_was_not_sent_goes_to_the_next_instance_whatever_its_method(string method)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync(""","retries":0""");
        await world.InstanceAsync(service, backend.Url);
        for (var i = 0; i < 3; i++)
        {
            await world.InstanceAsync(service, $"http://127.0.0.1:{ClosedPort()}");
        }

        for (var i = 0; i < 20; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Parse(method), $"/{service}") { Content = method == "GET" ? null : new StringContent("body") };
            (await world.Client.SendAsync(request, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        backend.Requests.Length.ShouldBe(20);
        backend.Requests.ShouldAllBe(request => request.Body == (method == "GET" ? "" : "body"));
    }

    [Theory]
    [InlineData("GET", 200, 2)]
    [InlineData("DELETE", 200, 2)]
    [InlineData("POST", 502, 1)]
    public async Task A_request_that_was_sent_is_repeated_only_where_that_is_safe(string method, int status, int sent)
    {
        var count = 0;
        await using var breaking = await Backend.StartAsync(context =>
        {
            Interlocked.Increment(ref count);
            context.Abort();
            return Task.CompletedTask;
        });
        await using var backend = await Backend.StartAsync(_ =>
        {
            Interlocked.Increment(ref count);
            return Task.CompletedTask;
        });
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync(""","balance":{"policy":"roundRobin","zoneFirst":false}""");
        await world.InstanceAsync(service, breaking.Url, ""","weight":1000""");
        await world.InstanceAsync(service, backend.Url);

        using var request = new HttpRequestMessage(HttpMethod.Parse(method), $"/{service}");
        ((int)(await world.Client.SendAsync(request, Ct)).StatusCode).ShouldBe(status);
        count.ShouldBe(sent);
    }

    [Fact]
    public async Task An_instance_that_cannot_answer_now_is_passed_over_and_evicted()
    {
        var busy = 0;
        await using var unwell = await Backend.StartAsync(context =>
        {
            Interlocked.Increment(ref busy);
            context.Response.StatusCode = 503;
            return context.Response.WriteAsync("busy");
        });
        await using var well = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync(""","balance":{"policy":"roundRobin"},"eviction":{"failures":2,"for":60000}""");
        await world.InstanceAsync(service, unwell.Url);
        await world.InstanceAsync(service, well.Url);

        for (var i = 0; i < 20; i++)
        {
            (await world.Client.GetAsync($"/{service}", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        busy.ShouldBe(2);
    }

    [Fact]
    public async Task The_answer_of_the_last_instance_goes_to_the_client_as_it_is()
    {
        await using var unwell = await Backend.StartAsync(503, "not now");
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync(""","retries":0""");
        await world.InstanceAsync(service, unwell.Url);

        using var answer = await world.Client.GetAsync($"/{service}", Ct);
        ((int)answer.StatusCode).ShouldBe(503);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldBe("not now");
    }

    [Fact]
    public async Task The_circuit_opens_and_tells_when_to_come_back()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync(""","circuit":{"minimumCalls":3,"failureRatio":0.5,"break":60000}""");
        await world.InstanceAsync(service, $"http://127.0.0.1:{ClosedPort()}");

        for (var i = 0; i < 3; i++)
        {
            (await world.Client.GetAsync($"/{service}", Ct)).StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        }

        using var answer = await world.Client.GetAsync($"/{service}", Ct);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(60));
        await ShouldBeAsync(answer, 503, service, "Circuit open");
    }

    [Fact]
    public async Task A_full_pool_refuses_at_once()
    {
        var go = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(_ => go.Task);
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync(""","pool":{"size":1,"queue":0}""");
        await world.InstanceAsync(service, backend.Url);

        var first = world.Client.GetAsync($"/{service}", Ct);
        await Eventually.TrueAsync(() => backend.Requests.Length == 1);
        await ShouldBeAsync(await world.Client.GetAsync($"/{service}/other", Ct), 503, service, "Too busy");
        go.SetResult();
        (await first).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_cookie_keeps_a_client_with_its_instance_as_long_as_it_is_in()
    {
        await using var one = await Backend.StartAsync("one");
        await using var two = await Backend.StartAsync("two");
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync(""","balance":{"policy":"roundRobin","stickyCookie":"stay"}""");
        string[] ids = [await world.InstanceAsync(service, one.Url), await world.InstanceAsync(service, two.Url)];

        using var first = await world.Client.GetAsync($"/{service}", Ct);
        var cookie = first.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldEndWith("; path=/; samesite=lax; httponly");
        var answers = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/{service}");
            request.Headers.TryAddWithoutValidation("Cookie", cookie.Split(';')[0]);
            using var answer = await world.Client.SendAsync(request, Ct);
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
            answers.Add(await answer.Content.ReadAsStringAsync(Ct));
        }

        var mine = answers.Distinct().ShouldHaveSingleItem();
        await world.SendAsync(HttpMethod.Delete, $"instances/{ids[mine == "one" ? 0 : 1]}");
        using var last = new HttpRequestMessage(HttpMethod.Get, $"/{service}");
        last.Headers.TryAddWithoutValidation("Cookie", cookie.Split(';')[0]);
        using var other = await world.Client.SendAsync(last, Ct);
        (await other.Content.ReadAsStringAsync(Ct)).ShouldBe(mine == "one" ? "two" : "one");
        other.Headers.Contains("Set-Cookie").ShouldBeTrue();
    }

    [Fact]
    public async Task An_instance_that_fails_its_probes_leaves_and_comes_back()
    {
        var isWell = false;
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/health" && !Volatile.Read(ref isWell) ? 500 : 200;
            return Task.CompletedTask;
        });
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync(""","healthCheck":{"path":"/health","interval":100,"failAfter":2}""");
        await world.InstanceAsync(service, backend.Url);

        await Eventually.TrueAsync(async () => (await world.LookUpAsync($"/{service}")).Status == 404);
        await ShouldBeAsync(await world.Client.GetAsync($"/{service}", Ct), 503, service, "No instance");
        Volatile.Write(ref isWell, true);
        await Eventually.TrueAsync(async () => (await world.LookUpAsync($"/{service}")).Status == 307);
        (await world.Client.GetAsync($"/{service}", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_client_that_leaves_is_no_failure_of_the_service()
    {
        await using var backend = await Backend.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync(""","circuit":{"minimumCalls":1},"eviction":{"failures":1}""");
        var id = await world.InstanceAsync(service, backend.Url);

        using var leaving = new CancellationTokenSource();
        var request = world.Client.GetAsync($"/{service}", leaving.Token);
        await Eventually.TrueAsync(() => backend.Requests.Length == 1);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(request);

        await Eventually.TrueAsync(async () => await RunningAsync(world, id) == 0);
        (await StateOfAsync(world, id))["state"]!.GetValue<string>().ShouldBe("in");
    }

    static async Task<int> RunningAsync(ServiceWorld world, string id) => (await StateOfAsync(world, id))["running"]!.GetValue<int>();

    static async Task<JsonNode> StateOfAsync(ServiceWorld world, string id) =>
        (await world.SendAsync(HttpMethod.Get, $"instance-states?search={id}")).Body!["items"]!.AsArray().Single(item => item!["instance"]!.GetValue<string>() == id)!;

    static async Task ShouldBeAsync(HttpResponseMessage answer, int status, string service, string title)
    {
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!;
        ((int)answer.StatusCode).ShouldBe(status, problem.ToJsonString());
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        problem["service"]!.GetValue<string>().ShouldBe(service);
        problem["title"]!.GetValue<string>().ShouldBe(title);
        (answer.Headers.RetryAfter is not null).ShouldBe(status == 503);
    }

    static TcpListener Listening()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    static int ClosedPort()
    {
        using var listener = Listening();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
