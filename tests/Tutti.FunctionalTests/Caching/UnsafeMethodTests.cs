using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Caching;

/// <summary>What the answers to methods that change something make invalid (RFC 9111, 4.4; RFC 9875).</summary>
public sealed class UnsafeMethodTests : IAsyncLifetime
{
    readonly PartConfig _read;
    readonly PartConfig _change;
    TestGateway _gateway = null!;
    Backend _backend = null!;
    Backend _other = null!;
    Action<HttpContext> _changed = _ => { };
    int _answers;

    public UnsafeMethodTests()
    {
        _read = Some.Part("", Some.Param(ParamKind.Path, "id")) with { CacheTtl = 60_000 };
        _change = Some.Part("", Some.Param(ParamKind.Path, "id")) with { Method = "put" };
    }

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync();
        _backend = await Backend.StartAsync(AnswerAsync);
        _other = await Backend.StartAsync(AnswerAsync);
        await RegisterAsync(_read, _change);
    }

    [Theory]
    [InlineData("aggregate", 200, true)]
    [InlineData("aggregate", 303, true)]
    [InlineData("aggregate", 400, false)]
    [InlineData("aggregate", 500, false)]
    [InlineData("part", 204, true)]
    [InlineData("part", 404, false)]
    public async Task A_change_that_succeeds_makes_what_is_stored_of_its_uri_invalid(string door, int status, bool isInvalid)
    {
        _changed = context => context.Response.StatusCode = status;
        var (one, two) = (await ReadAsync("1"), await ReadAsync("2"));

        await ChangeAsync(door, "1");

        (await ReadAsync("1") != one).ShouldBe(isInvalid);
        (await ReadAsync("2")).ShouldBe(two);
    }

    [Theory]
    [InlineData("Location", "/items/1", true)]
    [InlineData("Content-Location", "1", true)]
    [InlineData("Location", "{0}/items/%31#part", true)]
    [InlineData("Location", "/items/2", false)]
    [InlineData("Location", "{1}/items/1", false)]
    public async Task So_are_the_uris_of_its_origin_that_it_names(string header, string value, bool isInvalid)
    {
        _changed = context => context.Response.Headers[header] = string.Format(CultureInfo.InvariantCulture, value, _backend.Url, _other.Url);
        var one = await ReadAsync("1");

        await ChangeAsync("aggregate", "3");

        (await ReadAsync("1") != one).ShouldBe(isInvalid);
    }

    [Theory]
    [InlineData("aggregate", "\"a\"", true)]
    [InlineData("part", "\"a\"", true)]
    [InlineData("aggregate", "\"x\", \"b\";q=1", true)]
    [InlineData("aggregate", "\"A\"", false)]
    [InlineData("aggregate", "a", false)]
    [InlineData("aggregate", "\"a\", (\"b\")", false)]
    public async Task A_backend_makes_its_groups_invalid(string door, string groups, bool isInvalid)
    {
        _changed = context => context.Response.Headers["Cache-Group-Invalidation"] = groups;
        var one = await ReadAsync("1");

        await ChangeAsync(door, "elsewhere");

        (await ReadAsync("1") != one).ShouldBe(isInvalid);
    }

    [Fact]
    public async Task Groups_of_another_origin_are_others()
    {
        var other = _read with { PartId = Some.Name(), Uri = $"{_other.Url}/items/${{id}}" };
        await _gateway.RegisterAsync(other);
        _changed = context => context.Response.Headers["Cache-Group-Invalidation"] = "\"a\"";
        var one = await ReadAsync("1", other.PartId);

        await ChangeAsync("aggregate", "3");

        (await ReadAsync("1", other.PartId)).ShouldBe(one);
    }

    [Theory]
    [InlineData("get", 200)]
    [InlineData("put", 404)]
    public async Task Neither_safe_methods_nor_failures_make_groups_invalid(string method, int status)
    {
        await RegisterAsync(_change with { Method = method });
        _changed = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers["Cache-Group-Invalidation"] = "\"a\"";
        };
        var one = await ReadAsync("1");

        await ChangeAsync("aggregate", "changed");

        (await ReadAsync("1")).ShouldBe(one);
    }

    [Fact]
    public async Task A_part_whose_answers_are_stored_changes_nothing_at_its_uri()
    {
        await RegisterAsync(_change with { CacheTtl = 60_000, Cache = new CacheConfig { StoreUnsafe = true } });
        var one = await ReadAsync("1");
        await ChangeAsync("aggregate", "1");
        await ChangeAsync("aggregate", "1");

        (await ReadAsync("1")).ShouldBe(one);
        _backend.Requests.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Each_uri_on_the_way_of_a_redirect_counts()
    {
        await RegisterAsync(_change with { Backend = _change.Backend with { FollowRedirects = 2 } });
        _changed = context =>
        {
            var isFirst = context.Request.Path == "/items/3";
            context.Response.StatusCode = isFirst ? 307 : 200;
            context.Response.Headers.Location = isFirst ? "/items/1" : default;
        };
        var (one, three) = (await ReadAsync("1"), await ReadAsync("3"));

        await ChangeAsync("aggregate", "3");

        (await ReadAsync("1")).ShouldNotBe(one);
        (await ReadAsync("3")).ShouldNotBe(three);
    }

    [Fact]
    public async Task Threat_36_A_change_during_a_fetch_wins()
    {
        var (began, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var slow = await Backend.StartAsync(async context =>
        {
            if (context.Request.Method == "GET")
            {
                began.TrySetResult();
                await release.Task;
            }

            await AnswerAsync(context);
        });
        await RegisterAsync(_read with { Uri = $"{slow.Url}/items/${{id}}" }, _change with { Uri = $"{slow.Url}/items/${{id}}" });
        var reading = ReadAsync("1");
        await began.Task;

        await ChangeAsync("aggregate", "1");
        var after = ReadAsync("1");
        await Eventually.BeAsync(() => slow.Requests.Length, 3);
        release.SetResult();

        (await after).ShouldNotBe(await reading);
        (await ReadAsync("1")).ShouldBe(await after);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
        await _other.DisposeAsync();
    }

    Task RegisterAsync(params PartConfig[] parts) => _gateway.RegisterAsync([.. parts.Select(part => part.Uri.Length > 0 ? part : part with { Uri = $"{_backend.Url}/items/${{id}}" })]);

    async Task AnswerAsync(HttpContext context)
    {
        var isRead = context.Request.Method == "GET" && context.Request.Path != "/items/changed";
        if (isRead)
        {
            context.Response.Headers["Cache-Groups"] = "\"a\", \"b\"";
        }
        else
        {
            _changed(context);
        }

        if (context.Response.StatusCode != 204)
        {
            await context.Response.WriteAsync(Interlocked.Increment(ref _answers).ToString(CultureInfo.InvariantCulture));
        }
    }

    async Task<string?> ReadAsync(string id, string? part = null) => (await _gateway.AskAsync(Some.Ask(part ?? _read.PartId, ("id", id))))[0].Contents;

    async Task ChangeAsync(string door, string id)
    {
        if (door == "aggregate")
        {
            await _gateway.AskAsync(Some.Ask(_change.PartId, ("id", id)));
            return;
        }

        using var answer = await _gateway.Traffic.PutAsync($"/parts/{_change.PartId}?id={id}", new StringContent(""));
    }
}
