using Tutti.FunctionalTests.Caching;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.ProxyCache;

/// <summary>All nodes obey a purge, a ban, a tag and a change.</summary>
public sealed class ClusterPurgeTests(ClusterScene scene) : IClassFixture<ClusterScene>
{
    [Theory]
    [InlineData("PURGE", "/{0}/a?x=1&y=2", "")]
    [InlineData("BAN", "/{0}/a($%7C%5C%3F)", "")]
    [InlineData("PURGE", "/", "things")]
    [InlineData("DELETE", "/{0}/a?y=2&x=1", "")]
    public async Task What_one_node_is_told_all_obey(string method, string target, string tag)
    {
        await using var backend = await Backend.StartAsync(context => CachedService.AnswerAsync(context, "x", ("Cache-Control", "max-age=600"), ("xkey", "things")));
        var name = Some.Name("service");
        await ClusterScene.AdministerAsync(scene.One, HttpMethod.Post, "services", $$"""{"name":"{{name}}"}""");
        await ClusterScene.AdministerAsync(
            scene.One, HttpMethod.Post, "instances", $$"""{"instanceId":"{{name}}-a","addresses":[{"service":"{{name}}","address":"{{backend.Url}}"}]}""");
        await Eventually.TrueAsync(() => scene.Other.Get<PartRegistry>().Current.Services.Instances[name].Any());
        (await AskAsync(scene.Other, name)).IsHit.ShouldBeFalse();
        (await AskAsync(scene.Other, name)).IsHit.ShouldBeTrue();

        var client = method == "DELETE" ? scene.One.Traffic : scene.One.Management;
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), string.Format(System.Globalization.CultureInfo.InvariantCulture, target, name));
        request.Headers.TryAddWithoutValidation("xkey", tag);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue();

        (await AskAsync(scene.Other, name)).IsHit.ShouldBeFalse();
        answer.Headers.Contains("Tutti-Nodes").ShouldBe(method != "DELETE");
    }

    static async Task<Told> AskAsync(TestGateway node, string name)
    {
        using var answer = await node.Traffic.GetAsync($"/{name}/a?x=1&y=2");
        return await Told.ReadAsync(answer);
    }
}
