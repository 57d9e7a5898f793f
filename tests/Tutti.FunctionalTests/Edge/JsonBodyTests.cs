using System.Text;
using System.Text.Json.Nodes;
using Tutti.FunctionalTests.Services;
using Tutti.FunctionalTests.Support;
using Tutti.FunctionalTests.Threats;

namespace Tutti.FunctionalTests.Edge;

/// <summary>Only well-formed JSON reaches a service that takes JSON.</summary>
public sealed class JsonBodyTests(SharedGateway shared)
{
    const string Required = ""","json":"required" """;

    [Theory]
    [InlineData("{\"a\":[1,2.5e3,\"\\ud83d\\ude00\",null,true]}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("\"\\ud800\"")]
    [InlineData("  0  ")]
    public async Task Good_JSON_reaches_the_service_as_it_was_sent(string json)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend, Required);

        (await PostAsync(world, service, json)).Status.ShouldBe(200);
        (await PostAsync(world, service, json, isChunked: true)).Status.ShouldBe(200);

        backend.Requests.ShouldAllBe(request => request.Body == json);
        backend.Requests.ShouldAllBe(request => request.Header("Content-Length") == $"{Encoding.UTF8.GetByteCount(json)}" && request.Header("Transfer-Encoding") == null);
    }

    [Theory]
    [InlineData("{\"a\":1,}", 1, 8)]
    [InlineData("{\"a\":\n tru }", 2, 5)]
    [InlineData("{}{}", 1, 3)]
    [InlineData("\ufeff{}", 1, 1)]
    [InlineData("", 1, 1)]
    [InlineData(" ", 1, 2)]
    [InlineData("[", 1, 2)]
    [InlineData("[NaN]", 1, 2)]
    [InlineData("a=b", 1, 1)]
    public async Task Anything_else_is_400_in_Oceans_form_and_reaches_nobody(string json, int line, int at)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend, Required);

        foreach (var isChunked in new[] { false, true })
        {
            if (isChunked && json.Length == 0)
            {
                continue;
            }

            var (status, error) = await PostAsync(world, service, json, isChunked: isChunked);
            status.ShouldBe(400);
            error.ShouldStartWith($"The body is not well-formed JSON: line {line}, byte {at}: ");
        }

        backend.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fault_in_the_last_byte_of_a_large_body_reaches_nobody()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend, Required);
        var json = $"[\"{new string('x', 900_000)}\"";

        (await PostAsync(world, service, $"{json}]")).Status.ShouldBe(200);
        (await PostAsync(world, service, $"{json}}}")).Status.ShouldBe(400);
        (await PostAsync(world, service, $"[\"{new string('x', 1_048_576)}\"]")).Status.ShouldBe(413);
        (await PostAsync(world, service, $"[\"{new string('x', 1_048_576)}\"]", isChunked: true)).Status.ShouldBe(413);

        backend.Request.Body.Length.ShouldBe(json.Length + 1);
    }

    [Fact]
    public async Task A_bad_beginning_is_told_before_the_body_ends()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend, Required);
        using var client = await RawClient.ConnectAsync(world.Gateway);

        await client.SendAsync($"POST /{service} HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n[1,,");

        (await client.ReadStatusAsync()).ShouldStartWith("HTTP/1.1 400");
        backend.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/json; charset=\"UTF-8\"", 200)]
    [InlineData("Application/JSON", 200)]
    [InlineData("application/merge-patch+json", 200)]
    [InlineData("application/json; charset=utf-16", 400)]
    [InlineData("application/json; charset=iso-8859-1", 400)]
    [InlineData("text/json", 400)]
    [InlineData("text/plain", 400)]
    [InlineData("application/x-www-form-urlencoded", 400)]
    [InlineData("application/jsonx", 400)]
    [InlineData("nonsense", 400)]
    [InlineData(null, 400)]
    public async Task A_body_must_say_that_it_is_JSON(string? type, int status)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend, Required);

        (await PostAsync(world, service, "{}", type)).Status.ShouldBe(status);

        backend.Requests.Length.ShouldBe(status == 200 ? 1 : 0);
    }

    [Theory]
    [InlineData("text/plain", "no { JSON", 200)]
    [InlineData(null, "no { JSON", 200)]
    [InlineData("application/json", "{}", 200)]
    [InlineData("application/json", "no { JSON", 400)]
    public async Task Where_it_is_only_checked_other_media_pass(string? type, string body, int status)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend, ""","json":"checked" """);

        (await PostAsync(world, service, body, type)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_service_that_does_not_ask_for_it_gets_what_was_sent_and_so_does_a_rule()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var plain = await ServeAsync(world, backend, "");
        var path = Some.Name("uploads");
        var mixed = await ServeAsync(world, backend, $$""","json":"required","rules":[{"pathBeg":"/{{path}}","json":"off"}]""");

        (await PostAsync(world, plain, "no { JSON")).Status.ShouldBe(200);
        (await PostAsync(world, path, "no { JSON", "image/png")).ShouldBe((200, "hello"));
        (await PostAsync(world, mixed, "no { JSON", "image/png")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_gateway_can_ask_for_it_everywhere()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = await ServiceWorld.StartAsync("Requests:Json=required", "Requests:MaxJsonDepth=3", "Requests:MaxJsonBytes=20");
        var service = await ServeAsync(world, backend, "");
        var open = await ServeAsync(world, backend, ""","json":"off" """);

        (await PostAsync(world, service, "[[[1]]]")).Status.ShouldBe(200);
        (await PostAsync(world, service, "[[[[1]]]]")).Status.ShouldBe(400);
        (await PostAsync(world, service, "[1,2,3,4,5,6,7,8,9,10]")).Status.ShouldBe(413);
        (await PostAsync(world, open, "[[[[1]]]]")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Without_a_body_nothing_is_asked_for(string method)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend, Required);

        (await RawClient.ExchangeAsync(world.Gateway, $"{method} /{service} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Type: application/json\r\n\r\n"))
            .ShouldStartWith("HTTP/1.1 200");
        (await RawClient.ExchangeAsync(world.Gateway, $"{method} /{service} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
            .ShouldStartWith("HTTP/1.1 200");
        (await RawClient.ExchangeAsync(world.Gateway, $"POST /{service} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
            .ShouldStartWith("HTTP/1.1 200");
    }

    [Theory]
    [InlineData("gzip", 415)]
    [InlineData("identity", 200)]
    public async Task A_compressed_body_cannot_be_checked(string coding, int status)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend, Required);

        (await RawClient.ExchangeAsync(world.Gateway, $"POST /{service} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Encoding: {coding}\r\nContent-Length: 2\r\n\r\n{{}}"))
            .ShouldStartWith($"HTTP/1.1 {status}");
    }

    [Fact]
    public async Task Threat_66_more_bodies_than_may_be_held_are_503_and_the_room_comes_back()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = await ServiceWorld.StartAsync("Requests:Json=required", "Requests:MaxHeldBytes=1048576", "Requests:MaxJsonBytes=1048576");
        var service = await ServeAsync(world, backend, "");
        using (var slow = await RawClient.ConnectAsync(world.Gateway))
        {
            await slow.SendAsync($"POST /{service} HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 600000\r\n\r\n[\"{new string('x', 1000)}");
            await Eventually.TrueAsync(async () => (await PostAsync(world, service, $"[\"{new string('x', 600_000)}\"]")).Status == 503);
        }

        await Eventually.TrueAsync(async () => (await PostAsync(world, service, $"[\"{new string('x', 600_000)}\"]")).Status == 200);
    }

    [Fact]
    public async Task A_request_of_a_batch_is_judged_like_any_other()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend, Required);

        var (status, answer) = await PostAsync(
            world,
            "batch",
            $$"""
              {"requests":[{"id":"1","method":"POST","url":"/{{service}}","headers":{"Content-Type":"application/json"},"body":{"a":[1]} },
              {"id":"2","method":"POST","url":"/{{service}}","headers":{"Content-Type":"text/plain"},"body":"YQ=="}]}
              """);

        status.ShouldBe(200);
        answer.ShouldContain("Content-Type must be application/json");
        backend.Request.Body.ShouldBe("{\"a\":[1]}");
    }

    [Fact]
    public async Task A_wrong_word_is_a_fault_of_the_service()
    {
        await using var world = ServiceWorld.In(shared);

        var (status, body, _) = await world.SendAsync(HttpMethod.Put, "services/x", """{"name":"x","json":"sometimes","rules":[{"path":"/xx","json":"never"}]}""");

        status.ShouldBe(400);
        $"{body}".ShouldContain("rules[0].json");
    }

    static async Task<string> ServeAsync(ServiceWorld world, Backend backend, string more)
    {
        var service = await world.ServiceAsync(more);
        await world.InstanceAsync(service, backend.Url);
        return service;
    }

    static async Task<(int Status, string Error)> PostAsync(ServiceWorld world, string path, string body, string? type = "application/json", bool isChunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{path}") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Headers.TransferEncodingChunked = isChunked;
        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var answer = await world.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.StartsWith("{\"_api_error\":[", StringComparison.Ordinal) ? $"{JsonNode.Parse(text)!["_api_error"]![0]}" : text);
    }
}
