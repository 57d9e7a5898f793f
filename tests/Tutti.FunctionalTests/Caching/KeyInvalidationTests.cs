using System.Text;
using Tutti.Contracts.Aggregation;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Caching;

/// <summary>The admin API's door for one exact key.</summary>
public sealed class KeyInvalidationTests : IAsyncLifetime
{
    CacheScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await CacheScene.StartAsync(WithUser);

    [Theory]
    [InlineData("""[{"key":"id","value":"1"}]""", true)]
    [InlineData("""[{"key":"id","value":"2"}]""", false)]
    [InlineData("""[{"key":"id","value":"1"},{"key":"id","value":"1"}]""", false)]
    [InlineData("""[]""", false)]
    public async Task The_answer_to_exactly_these_values_is_fetched_again(string values, bool isInvalid)
    {
        var old = await AskAsync("u", "1");

        (await InvalidateAsync($$"""{"partId":"{{_scene.Part.PartId}}","params":{{values}},"requestMeta":{"userId":"u"} }""")).ShouldBe(204);

        (await AskAsync("u", "1") != old).ShouldBe(isInvalid);
    }

    [Fact]
    public async Task Whom_an_answer_is_for_is_part_of_its_key()
    {
        var (one, other, nobody) = (await AskAsync("u", "1"), await AskAsync("v", "1"), await AskAsync(null, "1"));

        (await InvalidateAsync(Order("u"))).ShouldBe(204);

        (await AskAsync("u", "1")).ShouldNotBe(one);
        (await AskAsync("v", "1")).ShouldBe(other);
        (await AskAsync(null, "1")).ShouldBe(nobody);
    }

    [Fact]
    public async Task Softly_it_is_served_until_the_new_one_is_there()
    {
        var old = await AskAsync("u", "1");

        (await InvalidateAsync(Order("u"), "?mode=soft")).ShouldBe(204);

        (await AskAsync("u", "1")).ShouldBe(old);
        await Eventually.TrueAsync(async () => await AskAsync("u", "1") != old);
    }

    [Theory]
    [InlineData("""{"partId":"nobody-knows-it"}""", 404)]
    [InlineData("""{"params":[]}""", 400)]
    [InlineData("""{"partId":"{0}","params":[{"key":"idd","value":"1"}]}""", 400)]
    [InlineData("""{"partId":"{0}","params":[{"key":"id"}]}""", 400)]
    [InlineData("""{"partId":"{0}","params":[null]}""", 400)]
    [InlineData("""{"partId":"{0}","values":[]}""", 400)]
    [InlineData("""{"partId":""", 400)]
    public async Task What_names_no_key_invalidates_nothing(string order, int status)
    {
        var old = await AskAsync("u", "1");

        (await InvalidateAsync(order.Replace("{0}", _scene.Part.PartId, StringComparison.Ordinal))).ShouldBe(status);

        (await AskAsync("u", "1")).ShouldBe(old);
    }

    [Fact]
    public async Task It_holds_on_all_nodes_when_the_call_returns()
    {
        await using var redis = await RedisServer.StartAsync();
        string[] settings = [$"Redis:ConnectionString={redis.ConnectionString}", .. ClusterScene.Patient];
        await using var one = await CacheScene.StartAsync(WithUser, settings);
        await using var other = await TestGateway.StartAsync(settings);
        await other.RegisterAsync(one.Part);
        await Eventually.BeAsync(() => one.Gateway.Get<ClusterNode>().IsInStep && other.Get<ClusterNode>().IsInStep, true);
        var ask = Request(one.Part.PartId, "u", "1");
        for (var round = 0; round < 10; round++)
        {
            var old = (await one.Gateway.AskAsync(ask))[0].Contents;
            (await other.AskAsync(ask))[0].Contents.ShouldBe(old);

            using var told = await one.Gateway.Management.PostAsync("/admin/api/cache/invalidate", Json(
                $$"""{"partId":"{{one.Part.PartId}}","params":[{"key":"id","value":"1"}],"requestMeta":{"userId":"u"} }"""));

            (await other.AskAsync(ask))[0].Contents.ShouldNotBe(old);
            (await one.Gateway.AskAsync(ask))[0].Contents.ShouldNotBe(old);
        }
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    static PartConfig WithUser(PartConfig part) => part with { Params = [.. part.Params, Some.Param(ParamKind.Header, "X-User", input: "meta.userId")] };

    static AggregateRequest Request(string part, string? user, string id) => new(new RequestMeta("r", UserId: user), [Some.Ask(part, ("id", id))]);

    static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    string Order(string user) => $$"""{"partId":"{{_scene.Part.PartId}}","params":[{"key":"id","value":"1"}],"requestMeta":{"userId":"{{user}}"} }""";

    async Task<int> InvalidateAsync(string order, string query = "")
    {
        using var told = await _scene.Gateway.Management.PostAsync($"/admin/api/cache/invalidate{query}", Json(order));
        return (int)told.StatusCode;
    }

    async Task<string?> AskAsync(string? user, string id) => (await _scene.Gateway.AskAsync(Request(_scene.Part.PartId, user, id)))[0].Contents;
}
