using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.ProxyCache;

/// <summary>Validation (RFC 9111, 4.3), conditional requests (RFC 9110, 13) and freshening (4.3.4, 4.3.5) at the proxy.</summary>
public sealed class ConditionalTests(SharedGateway shared)
{
    static readonly string Changed = DateTimeOffset.UnixEpoch.AddYears(40).ToString("R", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("If-None-Match", "\"a\"")]
    [InlineData("If-None-Match", "\"x\", W/\"a\"")]
    [InlineData("If-None-Match", "*")]
    [InlineData("If-Modified-Since", "Sun, 01 Jan 2012 00:00:00 GMT")]
    public async Task A_client_that_has_it_is_told_so_without_the_service(string name, string value)
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"), ("ETag", "\"a\""), ("Last-Modified", Changed));
        await service.GetAsync();

        var answer = await service.GetAsync("", (name, value));

        answer.Status.ShouldBe(304);
        answer.Body.ShouldBeEmpty();
        answer["ETag"].ShouldBe("\"a\"");
        service.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_stale_answer_is_confirmed_and_its_header_updated()
    {
        await using var service = await CachedService.StartAsync(shared, context =>
        {
            context.Response.Headers.ETag = "\"a\"";
            context.Response.Headers.CacheControl = "max-age=0";
            if (context.Request.Headers.IfNoneMatch == "\"a\"")
            {
                context.Response.StatusCode = 304;
                context.Response.Headers.CacheControl = "max-age=60";
                context.Response.Headers["X-New"] = "yes";
                return Task.CompletedTask;
            }

            return context.Response.WriteAsync("body");
        });
        await service.GetAsync();

        var confirmed = await service.GetAsync();
        var third = await service.GetAsync();

        confirmed.Status.ShouldBe(200);
        confirmed.Body.ShouldBe("body");
        confirmed["X-New"].ShouldBe("yes");
        confirmed.CacheStatus!.ShouldContain("fwd=stale; fwd-status=304; stored");
        third.IsHit.ShouldBeTrue();
        third["X-New"].ShouldBe("yes");
        service.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_304_that_names_another_answer_is_asked_again_without_conditions()
    {
        await using var service = await CachedService.StartAsync(shared, context =>
        {
            context.Response.Headers.CacheControl = "max-age=0";
            var isAsked = context.Request.Headers.IfNoneMatch.Count > 0;
            context.Response.StatusCode = isAsked ? 304 : 200;
            context.Response.Headers.ETag = isAsked ? "\"other\"" : "\"a\"";
            return isAsked ? Task.CompletedTask : context.Response.WriteAsync("body");
        });
        await service.GetAsync();

        var again = await service.GetAsync();

        again.Status.ShouldBe(200);
        again.Body.ShouldBe("body");
        service.Backend.Requests.Select(request => request.Header("If-None-Match")).ShouldBe([null, "\"a\"", null]);
    }

    [Fact]
    public async Task No_cache_is_validated_at_every_use()
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "no-cache, max-age=60"), ("ETag", "\"a\""));

        await service.GetAsync();
        await service.GetAsync();

        service.Backend.Requests[1].Header("If-None-Match").ShouldBe("\"a\"");
    }

    [Theory]
    [InlineData("If-None-Match", "W/\"a\"")]
    [InlineData("If-Modified-Since", "Sun, 01 Jan 2012 00:00:00 GMT")]
    public async Task A_client_that_has_what_is_fetched_is_told_so_and_it_is_stored(string name, string value)
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"), ("ETag", "\"a\""), ("Last-Modified", Changed));

        var answer = await service.GetAsync("", (name, value));

        answer.Status.ShouldBe(304);
        answer.Body.ShouldBeEmpty();
        answer.CacheStatus!.ShouldContain("fwd=uri-miss; fwd-status=200; stored");
        await Eventually.TrueAsync(async () => (await service.GetAsync()) is { IsHit: true, Body: "1" });
        service.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Conditions_of_a_client_do_not_keep_an_answer_from_being_stored()
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"), ("ETag", "\"a\""));

        (await service.GetAsync("", ("If-None-Match", "\"b\""))).Status.ShouldBe(200);

        (await service.GetAsync()).IsHit.ShouldBeTrue();
        service.Backend.Request.Header("If-None-Match").ShouldBeNull();
    }

    [Fact]
    public async Task Head_is_answered_from_get()
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"));
        await service.GetAsync();

        var head = await service.SendAsync("HEAD");

        head.IsHit.ShouldBeTrue();
        head["Content-Length"].ShouldBe("1");
        service.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Head_goes_on_as_head_and_tells_of_another_body()
    {
        var tag = "\"a\"";
        await using var service = await CachedService.StartAsync(shared, context =>
            CachedService.AnswerAsync(context, HttpMethods.IsHead(context.Request.Method) ? "" : "body", ("Cache-Control", "max-age=1, stale-if-error=600"), ("ETag", tag)));
        await service.GetAsync();
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);

        tag = "\"b\"";
        await service.SendAsync("HEAD");
        await service.GetAsync();

        service.Backend.Requests.Select(request => request.Method).ShouldBe(["GET", "HEAD", "GET"]);
        service.Backend.Requests[2].Header("If-None-Match").ShouldBeNull();
    }

    [Fact]
    public async Task A_condition_for_the_origin_goes_to_the_origin()
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"), ("ETag", "\"a\""));
        await service.GetAsync();

        await service.GetAsync("", ("If-Match", "\"a\""));

        service.Backend.Requests[1].Header("If-Match").ShouldBe("\"a\"");
    }
}
