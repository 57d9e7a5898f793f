using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Caching;

namespace Tutti.FunctionalTests.Behaviours;

/// <summary>Octoparts' behaviours 1 to 13, with what Tutti decided otherwise.</summary>
public sealed class RequestHandlingTests(SharedGateway shared)
{
    readonly TestGateway _gateway = shared.Gateway;

    // 1
    [Fact]
    public async Task An_object_of_another_shape_is_400_in_plain_text()
    {
        using var answer = await _gateway.PostAsync("{}");

        ((int)answer.StatusCode).ShouldBe(400);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        (await answer.Content.ReadAsStringAsync()).ShouldBe("Unrecognized request object: requestMeta is missing (before byte 3)");
    }

    // 2, and F.2: absent params are an empty list.
    [Fact]
    public async Task Without_requests_it_is_400_and_without_params_they_are_none()
    {
        ((int)(await _gateway.PostAsync("""{"requestMeta":{"id":"a"}}""")).StatusCode).ShouldBe(400);
        ((int)(await _gateway.PostAsync("""{"requestMeta":{"id":"a"},"requests":[{"partId":"p"}]}""")).StatusCode).ShouldBe(200);
    }

    // 3
    [Fact]
    public async Task No_parts_make_no_responses_and_the_id_is_echoed()
    {
        using var answer = await _gateway.PostAsync("""{"requestMeta":{"id":"an \"id\" ü"},"requests":[]}""");

        ((int)answer.StatusCode).ShouldBe(200);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/json; charset=utf-8");
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        json.GetProperty("responses").GetArrayLength().ShouldBe(0);
        json.GetProperty("responseMeta").GetProperty("id").GetString().ShouldBe("an \"id\" ü");
    }

    // 4, 5 and F.2
    [Theory]
    [InlineData("\"id\":5", 400)]
    [InlineData("\"id\":\"a\",\"timeout\":null", 200)]
    [InlineData("\"id\":\"a\",\"timeout\":\"500\"", 400)]
    [InlineData("\"id\":\"a\",\"timeout\":500.0", 200)]
    [InlineData("\"id\":\"a\",\"timeout\":1.5", 400)]
    [InlineData("\"id\":\"a\",\"timeout\":-1", 400)]
    [InlineData("\"id\":\"a\",\"userId\":null,\"timeoutMs\":500", 200)]
    public async Task Types_are_strict_and_null_is_absent(string meta, int status) =>
        ((int)(await _gateway.PostAsync($"{{\"requestMeta\":{{{meta}}},\"requests\":[]}}")).StatusCode).ShouldBe(status);

    // 6
    [Fact]
    public async Task Unknown_fields_are_ignored() => ((int)(await _gateway.PostAsync(
        """{"requestMeta":{"id":"a","x":{"y":[1]}},"requests":[{"partId":"p","params":[{"key":"k","value":"v","x":1}],"x":null}],"x":"y"}""")).StatusCode).ShouldBe(200);

    // C.5
    [Theory]
    [InlineData(null, 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/json;charset=klingon", 415)]
    [InlineData("application/json", 200)]
    [InlineData("Application/JSON;charset=UTF-8", 200)]
    [InlineData("text/json; charset=\"utf-8\"", 200)]
    public async Task Only_JSON_is_taken(string? contentType, int status) =>
        ((int)(await _gateway.PostAsync("""{"requestMeta":{"id":"a"},"requests":[]}""", contentType)).StatusCode).ShouldBe(status);

    // 7
    [Fact]
    public async Task An_unknown_part_has_its_error_and_the_known_one_is_served()
    {
        await using var backend = await Backend.StartAsync();
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url));

        var answers = await _gateway.AskAsync(Some.Ask("nobody"), Some.Ask(part));

        answers[0].ShouldFailWith("PartId nobody is unsupported");
        answers[1].ShouldBeGood("hello");
    }

    // 8
    [Fact]
    public async Task The_id_of_a_part_request_is_echoed_and_is_the_part_id_if_absent()
    {
        await using var backend = await Backend.StartAsync();
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url));

        var answers = await _gateway.AskAsync(Some.Ask(part), Some.Ask(part) with { Id = "mine" }, Some.Ask("nobody") with { Id = "other" }, Some.Ask("nobody"));

        answers.Select(answer => answer.Id).ShouldBe([part, "mine", "other", "nobody"]);
        answers.Select(answer => answer.Json.GetProperty("partId").GetString()).ShouldBe([part, part, "nobody", "nobody"]);
    }

    // 9
    [Fact]
    public async Task Responses_come_in_the_order_of_the_requests_and_equal_ids_are_not_merged()
    {
        var thirdWasAsked = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(async context =>
        {
            if (context.Request.Path == "/3")
            {
                thirdWasAsked.SetResult();
            }

            await thirdWasAsked.Task;
            await context.Response.WriteAsync(context.Request.Path);
        });
        var part = await _gateway.RegisterOneAsync(Some.Part($"{backend.Url}/${{n}}", Some.Param(Gateway.Registry.ParamKind.Path, "n")));

        var answers = await _gateway.AskAsync([.. Enumerable.Range(1, 3).Select(n => Some.Ask(part, ("n", $"{n}")) with { Id = "same" })]);

        answers.Select(answer => answer.Contents).ShouldBe(["/1", "/2", "/3"]);
    }

    // 10 and F.3
    [Fact]
    public async Task One_slow_part_does_not_delay_the_others()
    {
        await using var slow = await Backend.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var fast = await Backend.StartAsync();
        var parts = new[] { Some.Part(slow.Url), Some.Part(fast.Url) };
        await _gateway.RegisterAsync(parts);

        var answers = await _gateway.AskWithinAsync(500, Some.Ask(parts[0].PartId), Some.Ask(parts[1].PartId));

        answers[0].ShouldFailWith("Timed out after 500 ms");
        answers[1].ShouldBeGood("hello");
    }

    // 11
    [Fact]
    public async Task A_longer_timeout_than_the_maximum_is_the_maximum()
    {
        await using var gateway = await TestGateway.StartAsync("Aggregates:MaxTimeoutMs=300");
        await using var slow = await Backend.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var part = await gateway.RegisterOneAsync(Some.Part(slow.Url));

        (await gateway.AskWithinAsync(60_000, Some.Ask(part)))[0].ShouldFailWith("Timed out after 300 ms");
        (await gateway.AskAsync(Some.Ask(part)))[0].ShouldFailWith("Timed out after 300 ms");
    }

    // 12
    [Fact]
    public async Task A_cacheable_call_that_is_out_of_time_runs_on()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (release, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var backend = await Backend.StartAsync(async context =>
        {
            await using var gone = context.RequestAborted.Register(() => ended.TrySetException(new IOException("The call was cancelled")));
            await release.Task;
            await context.Response.WriteAsync("late");
            ended.TrySetResult();
        });
        var part = await gateway.RegisterOneAsync(Some.Part(backend.Url) with { CacheTtl = 60_000 });

        var answer = (await gateway.AskWithinAsync(200, Some.Ask(part)))[0];

        answer.ShouldFailWith("Timed out after 200 ms");
        await Eventually.BeAsync(() => gateway.Get<LateCalls>().Running, 1);
        release.SetResult();
        await ended.Task.WaitAsync(Eventually.HangGuard);
        await Eventually.BeAsync(() => gateway.Get<LateCalls>().Running, 0);
    }

    // 13
    [Fact]
    public async Task Parts_run_side_by_side_and_the_time_is_a_whole_number()
    {
        using var all = new CountdownEvent(5);
        var allAreThere = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(async context =>
        {
            if (all.Signal())
            {
                allAreThere.SetResult();
            }

            await allAreThere.Task;
        });
        var parts = Enumerable.Range(0, 5).Select(_ => Some.Part(backend.Url)).ToArray();
        await _gateway.RegisterAsync(parts);

        var answer = await _gateway.AnswerAsync(Some.Request([.. parts.Select(part => Some.Ask(part.PartId))]));

        Array.ForEach(PartAnswer.AllOf(answer), part => part.ShouldBeGood());
        answer.GetProperty("responseMeta").GetProperty("processTime").GetRawText().ShouldMatch("^[0-9]+$");
    }
}
