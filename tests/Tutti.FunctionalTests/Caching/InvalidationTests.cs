using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Caching;

/// <summary>Octoparts' doors of invalidation, with its answers (C.5, behaviours 58 to 62).</summary>
public sealed class InvalidationTests : IAsyncLifetime
{
    TestGateway _gateway = null!;
    Backend _backend = null!;
    PartConfig _part = null!;
    int _answers;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync();
        _backend = await Backend.StartAsync(context => context.Response.WriteAsync(Interlocked.Increment(ref _answers).ToString(CultureInfo.InvariantCulture)));
        _part = Some.Part($"{_backend.Url}/", Some.Param(ParamKind.Query, "id") with { Versioned = true, CacheGroups = ["values"] }) with { CacheTtl = 60_000, CacheGroups = ["parts"] };
        foreach (var group in (string[])["values", "parts", "empty"])
        {
            using var made = await _gateway.Management.PostAsync(
                "/admin/api/cache-groups", new StringContent($$"""{"name":"{{group}}"}""", System.Text.Encoding.UTF8, "application/json"));
            made.IsSuccessStatusCode.ShouldBeTrue();
        }

        using var pool = await _gateway.Management.PostAsync("/admin/api/pools", new StringContent("""{"key":"pool","size":64}""", System.Text.Encoding.UTF8, "application/json"));
        using var part = await _gateway.Management.PostAsync("/admin/api/parts", new StringContent($$"""
            {"partId":"{{_part.PartId}}","uri":"{{_part.Uri}}","pool":"pool","cacheTtl":60000,"cacheGroups":["parts"],
             "params":[{"name":"id","in":"query","versioned":true,"cacheGroups":["values"]}]}
            """, System.Text.Encoding.UTF8, "application/json"));
        part.IsSuccessStatusCode.ShouldBeTrue(await part.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("part/{0}", "OK", true, true)]
    [InlineData("part/{0}/id/a%2Fb", "OK", true, false)]
    [InlineData("cache-group/parts/parts", "OK: invalidated the following:\n{0}", true, true)]
    [InlineData("cacheGroup/parts", "OK: invalidated the following:\n{0}", true, true)]
    [InlineData("cache-group/parts", "OK: invalidated the following:\n{0}", true, true)]
    [InlineData("cache-group/values/params/a%2Fb", "OK: invalidated the following:\nid", true, false)]
    [InlineData("cacheGroup/values/params/a%2Fb", "OK: invalidated the following:\nid", true, false)]
    [InlineData("cache-group/empty/parts", "OK", false, false)]
    [InlineData("part/nobody-knows-it", "OK", false, false)]
    public async Task What_is_invalidated_is_fetched_again_and_the_rest_is_not(string path, string answer, bool first, bool second)
    {
        var before = (await AskAsync("a/b"), await AskAsync("c"));

        using var told = await InvalidateAsync(string.Format(CultureInfo.InvariantCulture, path, _part.PartId));

        (await told.Content.ReadAsStringAsync()).ShouldBe(string.Format(CultureInfo.InvariantCulture, answer, _part.PartId));
        told.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        (await AskAsync("a/b") != before.Item1).ShouldBe(first);
        (await AskAsync("c") != before.Item2).ShouldBe(second);
    }

    [Fact]
    public async Task An_unknown_group_is_not_found()
    {
        using var told = await InvalidateAsync("cache-group/nope/parts");

        ((int)told.StatusCode).ShouldBe(404);
        (await told.Content.ReadAsStringAsync()).ShouldBe("CacheGroup nope not found");
    }

    [Fact]
    public async Task Softly_invalidated_an_answer_is_served_until_the_new_one_is_there()
    {
        var old = await AskAsync("a");

        using var told = await InvalidateAsync($"part/{_part.PartId}?mode=soft");

        (await AskAsync("a")).ShouldBe(old);
        await Eventually.TrueAsync(async () => await AskAsync("a") != old);
    }

    [Fact]
    public async Task Another_mode_is_refused()
    {
        using var told = await InvalidateAsync($"part/{_part.PartId}?mode=hazy");

        ((int)told.StatusCode).ShouldBe(400);
    }

    [Fact]
    public async Task An_operator_invalidates_everything()
    {
        var old = await AskAsync("a");

        using var told = await _gateway.Management.PostAsync("/admin/api/cache/invalidate", null);

        ((int)told.StatusCode).ShouldBe(204);
        (await AskAsync("a")).ShouldNotBe(old);
        (await _gateway.Management.GetStringAsync("/admin/api/cache")).ShouldContain($"\"partId\":\"{_part.PartId}\"");
    }

    [Fact]
    public async Task Threat_36_An_invalidation_during_a_fetch_wins()
    {
        var (began, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var slow = await Backend.StartAsync(async context =>
        {
            began.TrySetResult();
            await release.Task;
            await context.Response.WriteAsync(Interlocked.Increment(ref _answers).ToString(CultureInfo.InvariantCulture));
        });
        var part = await _gateway.RegisterOneAsync(Some.Part($"{slow.Url}/") with { CacheTtl = 60_000 });
        var first = _gateway.AskAsync(Some.Ask(part));
        await began.Task;

        using var told = await InvalidateAsync($"part/{part}");
        release.SetResult();
        var before = (await first)[0].Contents;

        (await _gateway.AskAsync(Some.Ask(part)))[0].Contents.ShouldNotBe(before);
        slow.Requests.Length.ShouldBe(2);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    Task<HttpResponseMessage> InvalidateAsync(string path) => _gateway.Traffic.PostAsync($"/octoparts/2/cache/invalidate/{path}", null);

    async Task<string?> AskAsync(string id) => (await _gateway.AskAsync(Some.Ask(_part.PartId, ("id", id))))[0].Contents;
}
