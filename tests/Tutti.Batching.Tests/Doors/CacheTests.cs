using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Tutti.Batching.Tests.Doors;

/// <summary>What caches may do with the answer to <c>GET</c>.</summary>
public sealed class CacheTests
{
    [Theory]
    [InlineData("public, max-age=60", "public, max-age=30", "public, max-age=30")]
    [InlineData("public, max-age=60", "max-age=30", "max-age=30")]
    [InlineData("public, max-age=60", "private, max-age=90", "private, max-age=60")]
    [InlineData("max-age=60", "s-maxage=10", "max-age=10")]
    [InlineData("max-age=60", "no-store", "no-store")]
    [InlineData("max-age=60", "no-cache", "no-cache")]
    [InlineData("max-age=60", "", "no-cache")]
    [InlineData("max-age=60, must-revalidate", "max-age=60", "max-age=60, must-revalidate")]
    [InlineData("max-age=60", "max-age=banana", "no-store")]
    public async Task The_whole_is_kept_no_longer_and_shown_to_no_more_than_its_strictest_part(string one, string other, string whole)
    {
        await using var host = await StartAsync();

        var reply = await host.GetAsync($"/batch?a=/c%3Fc={Uri.EscapeDataString(Uri.EscapeDataString(one))}&b=/c%3Fc={Uri.EscapeDataString(Uri.EscapeDataString(other))}");

        reply.Status.ShouldBe(200, reply.Text);
        (reply.Headers.CacheControl?.ToString() ?? "").Split(", ").Order().ShouldBe(whole.Split(", ").Order());
    }

    [Theory]
    [InlineData("/c%3Fc=max-age%253D60%26age=45", "max-age=15")]
    [InlineData("/c%3Fexpires=20", "max-age=20")]
    [InlineData("/c%3Fc=max-age%253D60%26cookie=1", "private, max-age=60")]
    [InlineData("/none", "no-store")]
    [InlineData("/c%3Fc=max-age%253D60%26vary=*", "no-store")]
    public async Task Age_expiry_cookies_failures_and_Vary_count(string url, string whole)
    {
        await using var host = await StartAsync();

        var reply = await host.GetAsync($"/batch?a={url}");

        reply.Header("Cache-Control")!.Split(", ").Order().ShouldBe(whole.Split(", ").Order());
    }

    [Fact]
    public async Task What_one_part_varies_by_the_whole_varies_by()
    {
        await using var host = await StartAsync();

        var reply = await host.GetAsync("/batch?a=/c%3Fvary=Origin,accept-encoding&b=/c%3Fvary=origin");

        reply.Header("Vary").ShouldBe("Accept, ORIGIN");
    }

    [Fact]
    public async Task A_client_that_has_it_already_is_told_so_and_a_changed_part_changes_the_tag()
    {
        var value = 1;
        await using var host = await Host.StartAsync(app => app.MapGet("/a", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "max-age=5";
            return value;
        }));

        var first = await host.GetAsync("/batch?a=/a");
        var again = await host.GetAsync("/batch?a=/a", ("If-None-Match", $"\"x\", {first.Header("ETag")}"));
        value = 2;
        var changed = await host.GetAsync("/batch?a=/a", ("If-None-Match", first.Header("ETag")!));

        (again.Status, again.Text, again.Header("ETag"), again.Header("Cache-Control")).ShouldBe((304, "", first.Header("ETag"), "max-age=5"));
        (changed.Status, changed.Text).ShouldBe((200, """{"a":2}"""));
        changed.Header("ETag").ShouldNotBe(first.Header("ETag"));
    }

    [Fact]
    public async Task The_conditions_of_the_batch_are_not_those_of_its_parts()
    {
        await using var host = await Host.StartAsync(app => app.MapGet("/a", (HttpContext context) => $"{context.Request.Headers.IfNoneMatch}{context.Request.Headers.Accept}{context.Request.Headers.Range}{context.Request.Headers.AcceptEncoding}"));

        var reply = await host.GetAsync("/batch?a=/a", ("If-None-Match", "*"), ("Range", "bytes=0-1"), ("Accept-Encoding", "gzip"), ("Accept", "application/json"));

        reply.Status.ShouldBe(304);
        (await host.GetAsync("/batch?a=/a", ("Accept-Encoding", "gzip"), ("Accept", "text/html"))).Text.ShouldBe("""{"a":""}""");
    }

    static Task<Host> StartAsync()
    {
        var clock = new FakeTimeProvider();
        return Host.StartAsync(
            app => app.MapGet("/c", (HttpContext context, string? c, string? age, int? expires, string? cookie, string? vary) =>
            {
                var headers = context.Response.Headers;
                headers.CacheControl = c is null or "" ? default : Uri.UnescapeDataString(c);
                headers.Age = age;
                headers.Vary = vary;
                headers.SetCookie = cookie;
                headers.Expires = expires is { } seconds ? clock.GetUtcNow().AddSeconds(seconds).ToString("R") : default(string);
                return 1;
            }),
            services: services => services.AddSingleton<TimeProvider>(clock));
    }
}
