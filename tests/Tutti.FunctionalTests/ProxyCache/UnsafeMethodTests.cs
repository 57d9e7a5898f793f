using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.ProxyCache;

/// <summary>What a request changes is fetched anew (RFC 9111, 4.4), by groups too (RFC 9875).</summary>
public sealed class UnsafeMethodTests(SharedGateway shared)
{
    [Theory]
    [InlineData("POST", 200, true)]
    [InlineData("PUT", 204, true)]
    [InlineData("DELETE", 303, true)]
    [InlineData("M-SEARCH", 200, true)]
    [InlineData("POST", 500, false)]
    [InlineData("OPTIONS", 200, false)]
    public async Task A_change_makes_its_uri_invalid(string method, int status, bool isInvalid)
    {
        await using var service = await StartAsync(status);
        await service.GetAsync("/a?x=1&y=2");

        await service.SendAsync(method, "/a?y=2&x=1");

        (await service.GetAsync("/a?x=1&y=2")).IsHit.ShouldBe(!isInvalid);
    }

    [Theory]
    [InlineData("Location")]
    [InlineData("Content-Location")]
    public async Task So_does_a_uri_that_the_answer_names(string field)
    {
        await using var service = await StartAsync(201, field);
        await service.GetAsync("/named");
        await service.GetAsync("/other");

        await service.SendAsync("POST", "/made");

        (await service.GetAsync("/named")).IsHit.ShouldBeFalse();
        (await service.GetAsync("/other")).IsHit.ShouldBeTrue();
    }

    [Fact]
    public async Task So_does_a_group()
    {
        await using var service = await CachedService.StartAsync(shared, context => HttpMethods.IsPost(context.Request.Method)
            ? CachedService.AnswerAsync(context, "", ("Cache-Group-Invalidation", "\"things\""))
            : CachedService.AnswerAsync(context, "x", ("Cache-Control", "max-age=60"), ("Cache-Groups", "\"things\"")));
        await service.GetAsync("/a");

        await service.SendAsync("POST", "/b");

        (await service.GetAsync("/a")).IsHit.ShouldBeFalse();
    }

    Task<CachedService> StartAsync(int status, string? field = null) => CachedService.StartAsync(shared, context =>
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            return CachedService.AnswerAsync(context, "x", ("Cache-Control", "max-age=60"));
        }

        context.Response.StatusCode = status;
        if (field is not null)
        {
            context.Response.Headers[field] = $"{context.Request.Path}".Replace("made", "named", StringComparison.Ordinal);
        }

        return Task.CompletedTask;
    });
}
