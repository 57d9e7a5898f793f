using System.Net;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Caching;

/// <summary>Nobody gets what is another's, and nobody can put into the cache what is not the backend's answer to all.</summary>
public sealed class CacheSafetyTests
{
    [Theory]
    [InlineData("Authorization")]
    [InlineData("X-API-Token")]
    [InlineData("X-API-Authenticate")]
    public async Task Threat_30_Credentials_tell_answers_apart(string header)
    {
        await using var scene = await CacheScene.StartAsync(part => part with { Params = [Some.Param(ParamKind.Header, header, input: "who")] });

        (await scene.AskAsync(("who", "a"))).Contents.ShouldBe("1");
        (await scene.AskAsync(("who", "b"))).Contents.ShouldBe("2");
        (await scene.AskAsync(("who", "a"))).Contents.ShouldBe("1");
        (await scene.AskAsync()).Contents.ShouldBe("3");
    }

    [Fact]
    public async Task Threat_30_A_cookie_tells_answers_apart()
    {
        await using var scene = await CacheScene.StartAsync(part => part with { Params = [Some.Param(ParamKind.Cookie, "session")] });

        (await scene.AskAsync(("session", "a"))).Contents.ShouldBe("1");
        (await scene.AskAsync(("session", "b"))).Contents.ShouldBe("2");
    }

    [Theory]
    [InlineData("", 0L)]
    [InlineData("", 60_000L)]
    [InlineData("max-age=60", 60_000L)]
    public async Task Threat_31_A_cookie_is_told_to_the_one_for_whom_it_was_set(string control, long ttl)
    {
        await using var scene = await CacheScene.StartAsync(part => part with { CacheTtl = ttl });
        scene.Answer = context =>
        {
            context.Response.Headers.SetCookie = "session=own";
            context.Response.Headers.CacheControl = control;
            return Task.CompletedTask;
        };

        (await scene.AskAsync()).Json.GetProperty("cookies")[0].GetProperty("value").GetString().ShouldBe("own");
        using var one = await scene.GetAsync();
        one.Headers.GetValues("Set-Cookie").ShouldBe(["session=own"]);
    }

    [Fact]
    public async Task Threat_31_A_cookie_reaches_nobody_else()
    {
        await using var scene = await CacheScene.StartAsync();
        scene.Answer = async context =>
        {
            context.Response.Headers.SetCookie = $"session={Guid.NewGuid():N}";
            context.Response.Headers.CacheControl = "max-age=60";
            await Task.Delay(200);
        };

        var answers = await scene.AskAtOnceAsync(20);

        answers.Select(answer => answer.Json.GetProperty("cookies")[0].GetProperty("value").GetString()).Distinct().Count().ShouldBe(20);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(431)]
    [InlineData(501)]
    [InlineData(500)]
    public async Task Threat_33_An_error_that_a_client_provokes_is_not_stored(int status)
    {
        await using var scene = await CacheScene.StartAsync();
        scene.Answer = context =>
        {
            context.Response.StatusCode = scene.Calls == 1 ? status : 200;
            return Task.CompletedTask;
        };

        using var bad = await scene.GetAsync("X-HTTP-Method-Override", "DELETE");
        using var good = await scene.GetAsync();

        good.StatusCode.ShouldBe(HttpStatusCode.OK);
        scene.Backend.Requests.ShouldAllBe(request => request.Method == "GET" && request.Header("X-HTTP-Method-Override") == null);
    }

    [Theory]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("A", "a")]
    [InlineData("a;b", "a")]
    [InlineData("a|b", "a")]
    [InlineData("a ", "a")]
    [InlineData("é", "e\u0301")]
    [InlineData("", "0")]
    public async Task Threat_34_Values_that_look_alike_are_not_the_same(string one, string other)
    {
        await using var scene = await CacheScene.StartAsync();

        var first = await scene.AskAsync(("id", one));

        (await scene.AskAsync(("id", other))).Contents.ShouldNotBe(first.Contents);
        (await scene.AskAsync(("id", one))).Contents.ShouldBe(first.Contents);
    }

    [Fact]
    public async Task Threat_34_A_value_cannot_move_into_another_param()
    {
        await using var scene = await CacheScene.StartAsync(part => part with { Params = [Some.Param(ParamKind.Query, "a"), Some.Param(ParamKind.Query, "b")] });

        var first = await scene.AskAsync(("a", "x&b=y"), ("b", "z"));

        (await scene.AskAsync(("a", "x"), ("b", "y&b=z"))).Contents.ShouldNotBe(first.Contents);
        (await scene.AskAsync(("b", "z"), ("a", "x&b=y"))).Contents.ShouldBe(first.Contents);
    }

    [Theory]
    [InlineData("If-None-Match", "\"x\"", 304)]
    [InlineData("If-None-Match", "W/\"x\"", 304)]
    [InlineData("If-None-Match", "\"y\"", 200)]
    [InlineData("If-Modified-Since", "Sat, 01 Jan 2022 00:00:00 GMT", 304)]
    [InlineData("If-Modified-Since", "Fri, 31 Dec 2021 00:00:00 GMT", 200)]
    public async Task A_clients_condition_is_answered_from_memory(string name, string value, int status)
    {
        await using var scene = await CacheScene.StartAsync();
        scene.Answer = context =>
        {
            context.Response.Headers.ETag = "\"x\"";
            context.Response.Headers.LastModified = "Sat, 01 Jan 2022 00:00:00 GMT";
            context.Response.Headers.CacheControl = "max-age=60";
            return Task.CompletedTask;
        };
        await scene.AskAsync();

        using var answer = await scene.GetAsync(name, value);

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(status == 304 ? "" : "1");
        answer.Headers.ETag!.Tag.ShouldBe("\"x\"");
        scene.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task The_right_to_read_past_the_cache_can_be_taken()
    {
        await using var scene = await CacheScene.StartAsync(null, "Cache:ClientNoCache=false");
        await scene.AskAsync();
        scene.Gateway.Traffic.DefaultRequestHeaders.TryAddWithoutValidation("Cache-Control", "no-cache");

        (await scene.AskAsync()).Contents.ShouldBe("1");
        scene.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task An_older_answer_does_not_take_the_place_of_one_read_past_the_cache()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var scene = await CacheScene.StartAsync();
        scene.Answer = async context =>
        {
            if (scene.Calls == 1)
            {
                await context.Response.WriteAsync("old ");
                await release.Task;
            }
        };
        var old = scene.AskAsync();
        await Eventually.BeAsync(() => scene.Calls, 1);
        using var fresh = await scene.GetAsync("Cache-Control", "no-cache");
        (await fresh.Content.ReadAsStringAsync()).ShouldBe("1");
        release.SetResult();
        (await old).Contents.ShouldBe("old 2");

        (await scene.AskAsync()).Contents.ShouldBe("1");
    }
}
