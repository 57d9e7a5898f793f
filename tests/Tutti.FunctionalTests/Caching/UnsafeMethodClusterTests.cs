using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Caching;

/// <summary>What a backend makes invalid at one node is gone at all, and nobody waits long for Redis because of it.</summary>
public sealed class UnsafeMethodClusterTests : IAsyncLifetime
{
    RedisServer _redis = null!;
    Backend _backend = null!;
    TestGateway _one = null!;
    TestGateway _other = null!;
    PartConfig _read = null!;
    PartConfig _change = null!;
    int _version;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _backend = await Backend.StartAsync(AnswerAsync);
        _read = Some.Part($"{_backend.Url}/${{id}}", Some.Param(ParamKind.Path, "id")) with { CacheTtl = 60_000 };
        _change = _read with { PartId = Some.Name(), Method = "post", CacheTtl = 0 };
        _one = await NodeAsync();
        _other = await NodeAsync();
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("group", "a")]
    public async Task What_changes_through_one_node_is_fetched_again_by_both(string changed, string read)
    {
        await using var one = await NodeAsync("Redis:OperationTimeoutMs=5000");
        await using var other = await NodeAsync("Redis:OperationTimeoutMs=5000");
        for (var version = 0; version < 10; version++)
        {
            (await AskAsync(one, _read, read)).ShouldBe($"v{version}");
            (await AskAsync(other, _read, read)).ShouldBe($"v{version}");

            await AskAsync(one, _change, changed);
        }

        (await AskAsync(other, _read, read)).ShouldBe("v10");
    }

    [Fact]
    public async Task Threat_38_While_Redis_is_silent_changes_are_answered_at_once_and_told_later()
    {
        await AskAsync(_one, _read, "a");
        await AskAsync(_other, _read, "a");
        await _redis.PauseAsync();
        var since = Stopwatch.GetTimestamp();

        await AskAsync(_one, _change, "a");
        await AskAsync(_one, _change, "group");

        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(2));
        (await AskAsync(_one, _read, "a")).ShouldBe("v2");
        await _redis.ResumeAsync();
        await Eventually.TrueAsync(async () => await AskAsync(_other, _read, "a") == "v2");
    }

    [Fact]
    public async Task Many_changes_of_the_same_are_told_as_few()
    {
        const int Changes = 300;
        var before = _other.Get<ClusterNode>().Current.Sequence;

        await Task.WhenAll(Enumerable.Range(0, Changes).Select(_ => AskAsync(_one, _change, "group")));
        await AskAsync(_other, _read, "a");
        await AskAsync(_one, _change, "group");
        await Eventually.TrueAsync(async () => await AskAsync(_other, _read, "a") == $"v{Changes + 1}");

        // Each would be two, of its URI and of the group, if they were told one by one.
        (_other.Get<ClusterNode>().Current.Sequence - before).ShouldBeLessThan(Changes);
    }

    [Fact]
    public async Task While_Redis_is_away_few_wait_for_it_however_many_changes_there_are()
    {
        await _redis.KillAsync();
        await Eventually.BeAsync(() => _one.Get<ClusterNode>().IsInStep, false);

        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => AskAsync(_one, _change, "group")));

        await Eventually.TrueAsync(() => _one.Get<ClusterNode>().WaitingInvalidations > 0);
        _one.Get<ClusterNode>().WaitingInvalidations.ShouldBeLessThanOrEqualTo(2);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _backend.DisposeAsync();
        await _redis.DisposeAsync();
    }

    Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Method == "GET")
        {
            context.Response.Headers["Cache-Groups"] = "\"all\"";
            return context.Response.WriteAsync($"v{Volatile.Read(ref _version)}");
        }

        context.Response.Headers["Cache-Group-Invalidation"] = context.Request.Path == "/group" ? "\"all\"" : default;
        return context.Response.WriteAsync($"{Interlocked.Increment(ref _version)}");
    }

    async Task<TestGateway> NodeAsync(params string[] settings)
    {
        var node = await TestGateway.StartAsync(
            [$"Redis:ConnectionString={_redis.ConnectionString}", "Redis:RetryMs=200", "Redis:PollMs=200", "Redis:InvalidationWaitMs=10000", .. settings]);
        await node.RegisterAsync(_read, _change);
        await Eventually.BeAsync(() => node.Get<ClusterNode>().IsInStep, true);
        return node;
    }

    static async Task<string?> AskAsync(TestGateway node, PartConfig part, string id) => (await node.AskAsync(Some.Ask(part.PartId, ("id", id))))[0].Contents;
}
