using Tutti.FunctionalTests.Services;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Edge;

/// <summary>What a caller says that its request belongs to goes on to all that the request causes.</summary>
public sealed class MetadataTests(SharedGateway shared)
{
    const string Value = "cart 17/Söder 😀";

    readonly TestGateway _gateway = shared.Gateway;

    [Fact]
    public async Task Every_part_of_an_aggregate_is_told()
    {
        await using var backend = await Backend.StartAsync();
        var parts = new[] { Some.Part(backend.Url), Some.Part($"{backend.Url}/x"), Some.Part(backend.Url) with { Method = "post" } };
        await _gateway.RegisterAsync(parts);

        await PostAsync("/octoparts/2", Aggregate(parts), Value);

        backend.Requests.Length.ShouldBe(3);
        backend.Requests.ShouldAllBe(request => request.Header("X-Metadata") == Value);
    }

    [Fact]
    public async Task Without_it_nobody_is_told_anything_and_a_param_of_that_name_stays_a_param()
    {
        await using var backend = await Backend.StartAsync();
        var part = Some.Part(backend.Url, Some.Param(ParamKind.Header, "X-Metadata", "about"));
        await _gateway.RegisterAsync(part);

        await _gateway.AskAsync(Some.Ask(part.PartId));
        await _gateway.AskAsync(Some.Ask(part.PartId, ("about", "the param")));
        await PostAsync("/octoparts/2", $$"""{"requestMeta":{"id":"a"},"requests":[{"partId":"{{part.PartId}}","params":[{"key":"about","value":"the param"}]}]}""", "the header");

        backend.Requests.Select(request => request.Header("X-Metadata")).ShouldBe([null, "the param", "the header"]);
    }

    [Fact]
    public async Task One_part_and_a_service_are_told()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url));
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);

        await GetAsync($"/parts/{part}", Value);
        await GetAsync($"/{service}/x", Value);

        backend.Requests.Select(request => request.Header("X-Metadata")).ShouldBe([Value, Value]);
    }

    [Fact]
    public async Task Every_request_of_a_batch_is_told_and_may_say_another_thing()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var part = Some.Part(backend.Url);
        await _gateway.RegisterAsync(part);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);

        await PostAsync(
            "/batch",
            $$"""
              {"requests":[
                {"id":"1","method":"GET","url":"/{{service}}/1"},
                {"id":"2","method":"POST","url":"/octoparts/2","headers":{"Content-Type":"application/json"},"body":{{Aggregate(part)}} },
                {"id":"3","method":"GET","url":"/{{service}}/3","headers":{"X-Metadata":"another"} }]}
              """,
            "cart-17");

        backend.Requests.Length.ShouldBe(3);
        backend.Requests.Single(request => request.Target.EndsWith("/1", StringComparison.Ordinal)).Header("X-Metadata").ShouldBe("cart-17");
        backend.Requests.Single(request => request.Target == "/").Header("X-Metadata").ShouldBe("cart-17");
        backend.Requests.Single(request => request.Target.EndsWith("/3", StringComparison.Ordinal)).Header("X-Metadata").ShouldBe("another");
    }

    [Fact]
    public async Task A_late_call_and_a_refresh_behind_an_answer_are_told()
    {
        var release = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(async context =>
        {
            context.Response.Headers.CacheControl = "max-age=0, stale-while-revalidate=60";
            await release.Task;
        });
        var part = Some.Part(backend.Url) with { CacheTtl = 60_000, Timeout = 20_000 };
        await _gateway.RegisterAsync(part);

        await PostAsync("/octoparts/2", Aggregate(part).Replace("\"id\":\"a\"", "\"id\":\"a\",\"timeout\":50", StringComparison.Ordinal), "late");
        release.SetResult();
        await Eventually.TrueAsync(async () =>
        {
            await PostAsync("/octoparts/2", Aggregate(part), "refresh");
            return backend.Requests.Length >= 2;
        });

        backend.Requests[0].Header("X-Metadata").ShouldBe("late");
        backend.Requests[1].Header("X-Metadata").ShouldBe("refresh");
    }

    [Theory]
    [InlineData("/octoparts/2")]
    [InlineData("/batch")]
    [InlineData("/services/x")]
    [InlineData("/nobody-has-this")]
    public async Task What_is_too_long_is_400_at_every_door(string door)
    {
        using var refused = await PostAsync(door, "{}", new string('x', 129));
        ((int)refused.StatusCode).ShouldBe(400);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("{\"_api_error\":[\"X-Metadata has more than 128 characters\"]}");

        using var taken = await PostAsync(door, "{}", new string('ö', 128));
        (await taken.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("X-Metadata");
    }

    static string Aggregate(params PartConfig[] parts) =>
        $$"""{"requestMeta":{"id":"a"},"requests":[{{string.Join(',', parts.Select(Ask))}}]}""";

    static string Ask(PartConfig part) => $$"""{"partId":"{{part.PartId}}","params":[]}""";

    async Task GetAsync(string path, string metadata) => (await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), metadata)).Dispose();

    Task<HttpResponseMessage> PostAsync(string path, string json, string metadata) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") }, metadata);

    async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string metadata)
    {
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.UTF8, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = _gateway.Traffic.BaseAddress };
        request.Headers.TryAddWithoutValidation("X-Metadata", metadata);
        var answer = await client.SendAsync(request);
        await answer.Content.LoadIntoBufferAsync();
        return answer;
    }
}
