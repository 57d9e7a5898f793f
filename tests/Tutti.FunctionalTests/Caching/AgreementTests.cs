using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Caching;

/// <summary>When an invalidation returns, no node serves what it covers, whatever its kind and whichever node took it.</summary>
public sealed class AgreementTests(ClusterScene scene) : IClassFixture<ClusterScene>
{
    /// <summary>Every way to make the answer to <c>id=a</c> invalid, and whether it covers <c>id=b</c> too.</summary>
    static readonly (string Path, bool CoversAll)[] Ways =
    [
        ("part/{0}", true),
        ("part/{0}/id/a", false),
        ("cache-group/parts/parts", true),
        ("cacheGroup/parts/parts", true),
        ("cache-group/parts", true),
        ("cacheGroup/parts", true),
        ("cache-group/values/params/a", false),
        ("cacheGroup/values/params/a", false),
        ("/admin/api/cache/invalidate", true),
        ("key", false),
    ];

    public static TheoryData<string> EachWay => [.. Ways.Select(way => way.Path)];

    [Fact]
    public async Task What_one_node_fetched_the_other_need_not_fetch()
    {
        var id = Some.Name("id");
        var (calls, shared) = (scene.Backend.Requests.Length, await scene.SharedEntriesAsync());
        await scene.AskAsync(scene.One, id);
        await Eventually.TrueAsync(async () => await scene.SharedEntriesAsync() == shared + 1);

        await scene.AskAsync(scene.Other, id);

        scene.Backend.Requests.Length.ShouldBe(calls + 1);
    }

    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Whichever_node_takes_it_both_obey_when_the_call_returns(string path)
    {
        for (var round = 0; round < 6; round++)
        {
            await scene.AskAsync(scene.One);
            await scene.AskAsync(scene.Other);
            var version = scene.Raise();

            using var told = await scene.InvalidateAsync(scene.Both[round % 2], path);

            (await scene.AskAsync(scene.Both[round / 2 % 2])).ShouldBe(version);
            (await scene.GetAsync(scene.One)).ShouldBe(version);
            (await scene.GetAsync(scene.Other)).ShouldBe(version);
        }
    }

    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Softly_both_serve_the_old_answer_at_most_until_the_new_one_is_there(string path)
    {
        foreach (var node in scene.Both)
        {
            await scene.AskAsync(scene.One);
            await scene.AskAsync(scene.Other);
            var before = scene.Version;
            var calls = scene.Backend.Requests.Length;
            var version = scene.Raise();

            using var told = await scene.InvalidateAsync(node, $"{path}?mode=soft");

            (await scene.AskAsync(scene.One)).ShouldBe(before);
            await Eventually.TrueAsync(async () => await scene.AskAsync(scene.One) == version && await scene.GetAsync(scene.Other) == version);
            scene.Backend.Requests.Length.ShouldBeGreaterThan(calls);
        }
    }

    [Fact]
    public async Task Under_two_hundred_requests_a_second_no_answer_that_began_after_an_invalidation_is_older()
    {
        using var end = new CancellationTokenSource();
        scene.Answer = _ => Task.Delay(Random.Shared.Next(30));
        var floor = new VersionFloor();
        var asking = scene.Both.Select(node => AskOftenAsync(node, floor, end.Token)).ToArray();
        var atOnce = new List<Task>();

        for (var i = 0; i < 10 * Ways.Length; i++)
        {
            var (path, coversAll) = Ways[i % Ways.Length];
            var version = scene.Raise();
            using var told = await scene.InvalidateAsync(scene.Both[i / Ways.Length % 2], path);
            floor.Raise(version, coversAll);
            atOnce.Add(AskBothAsync(floor));
            await Task.Delay(Random.Shared.Next(40));
        }

        await end.CancelAsync();
        await Task.WhenAll(atOnce);
        (await Task.WhenAll(asking)).Sum().ShouldBeGreaterThan(200);
        scene.Answer = _ => Task.CompletedTask;
    }

    [Fact]
    public async Task A_group_that_was_made_at_one_node_is_obeyed_by_the_other()
    {
        var group = Some.Name("group");
        await ClusterScene.AdministerAsync(scene.One, HttpMethod.Post, "cache-groups", $$"""{"name":"{{group}}"}""");
        await ClusterScene.AdministerAsync(scene.One, HttpMethod.Put, $"parts/{scene.PartId}", scene.PartJson("parts", group));
        await scene.AskAsync(scene.One);
        await scene.AskAsync(scene.Other);

        await Eventually.TrueAsync(async () =>
        {
            using var told = await scene.Other.Traffic.PostAsync($"/octoparts/2/cache/invalidate/cache-group/{group}/parts", null);
            return await told.Content.ReadAsStringAsync() == $"OK: invalidated the following:\n{scene.PartId}";
        });
        var version = scene.Raise();
        using var again = await scene.InvalidateAsync(scene.Other, $"cache-group/{group}/parts");

        (await scene.AskAsync(scene.One)).ShouldBe(version);
        (await scene.AskAsync(scene.Other)).ShouldBe(version);
    }

    /// <summary>Asks a hundred times a second, each time by one door or the other, without waiting for the answer before.</summary>
    async Task<int> AskOftenAsync(TestGateway node, VersionFloor floor, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var asked = new List<Task>();
        while (!ct.IsCancellationRequested)
        {
            asked.Add(AskOnceAsync(node, floor, asked.Count % 4));
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        await Task.WhenAll(asked);
        return asked.Count;
    }

    /// <summary>Asks at the moment at which the invalidation has returned.</summary>
    Task AskBothAsync(VersionFloor floor) => Task.WhenAll(scene.Both.SelectMany(node => new[] { AskOnceAsync(node, floor, 0), AskOnceAsync(node, floor, 3) }));

    async Task AskOnceAsync(TestGateway node, VersionFloor floor, int kind)
    {
        var id = kind % 2 == 0 ? "a" : "b";
        var least = floor.Of(id);
        var version = await (kind < 2 ? scene.AskAsync(node, id) : scene.GetAsync(node, id));
        version.ShouldBeGreaterThanOrEqualTo(least, id);
    }

    /// <summary>The version that an answer must have at least if it begins now.</summary>
    sealed class VersionFloor
    {
        int _a;
        int _b;

        public int Of(string id) => id == "a" ? Volatile.Read(ref _a) : Volatile.Read(ref _b);

        public void Raise(int version, bool coversAll)
        {
            Volatile.Write(ref _a, version);
            if (coversAll)
            {
                Volatile.Write(ref _b, version);
            }
        }
    }
}
