using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Caching;

/// <summary>Two gateways over one Redis: what one knows the other has, and what is invalidated at one is gone at both.</summary>
public sealed class TwoNodeTests : IAsyncLifetime
{
    RedisServer _redis = null!;
    Backend _backend = null!;
    TestGateway _one = null!;
    TestGateway _other = null!;
    PartConfig _part = null!;
    int _version;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _backend = await Backend.StartAsync(context => context.Response.WriteAsync($"v{Volatile.Read(ref _version)} {context.Request.Path}"));
        _part = Some.Part($"{_backend.Url}/${{id}}", Some.Param(ParamKind.Path, "id")) with { CacheTtl = 60_000 };
        _one = await NodeAsync();
        _other = await NodeAsync();
    }

    [Fact]
    public async Task What_one_node_fetched_the_other_need_not_fetch()
    {
        await AskAsync(_one, "a");
        await Eventually.TrueAsync(async () => await _redis.SendAsync("KEYS", "tutti:*:e:*") == "*1");

        (await AskAsync(_other, "a")).ShouldBe("v0 /a");

        _backend.Requests.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("part/{0}")]
    [InlineData("part/{0}/id/a")]
    public async Task Invalidated_at_one_it_is_gone_at_both_when_the_call_returns(string path)
    {
        for (var version = 1; version <= 20; version++)
        {
            Volatile.Write(ref _version, version);
            using var answer = await _one.Traffic.PostAsync($"/octoparts/2/cache/invalidate/{string.Format(null, path, _part.PartId)}", null);
            (await answer.Content.ReadAsStringAsync()).ShouldBe("OK");

            (await AskAsync(_other, "a")).ShouldBe($"v{version} /a");
            (await AskAsync(_one, "a")).ShouldBe($"v{version} /a");
        }
    }

    [Fact]
    public async Task Threat_38_Without_Redis_answers_keep_coming_and_an_invalidation_reaches_the_other_when_it_is_back()
    {
        await AskAsync(_one, "a");
        await AskAsync(_other, "a");
        await _redis.KillAsync();
        Volatile.Write(ref _version, 1);

        using var answer = await _one.Traffic.PostAsync($"/octoparts/2/cache/invalidate/part/{_part.PartId}", null);

        answer.IsSuccessStatusCode.ShouldBeTrue();
        (await AskAsync(_one, "a")).ShouldBe("v1 /a");
        (await AskAsync(_other, "a")).ShouldBe("v0 /a");
        await _redis.RunAsync();
        await Eventually.TrueAsync(async () => await AskAsync(_other, "a") == "v1 /a");
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _backend.DisposeAsync();
        await _redis.DisposeAsync();
    }

    async Task<TestGateway> NodeAsync()
    {
        var node = await TestGateway.StartAsync($"Redis:ConnectionString={_redis.ConnectionString}", "Redis:RetryMs=200", "Redis:PollMs=200");
        await node.RegisterAsync(_part);
        await Eventually.BeAsync(() => node.Get<ClusterNode>().IsInStep, true);
        return node;
    }

    async Task<string?> AskAsync(TestGateway node, string id) => (await node.AskAsync(Some.Ask(_part.PartId, ("id", id))))[0].Contents;
}
