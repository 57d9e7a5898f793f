using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Caching;

/// <summary>
/// Two gateways over one Redis and one PostgreSQL, with one cached part in two cache groups, and a backend whose answers carry the version
/// that held when the request came.
/// </summary>
public sealed class ClusterScene : IAsyncLifetime
{
    /// <summary>A test that is no test of limits gives a loaded machine time.</summary>
    internal static readonly string[] Patient = ["Redis:OperationTimeoutMs=2000", "Redis:InvalidationWaitMs=10000"];

    readonly string[] _settings;
    int _version;

    /// <summary>For tests that share it and leave Redis alone.</summary>
    public ClusterScene()
        : this(Patient)
    {
    }

    internal ClusterScene(string[] settings) => _settings = settings;

    internal RedisServer Redis { get; private set; } = null!;

    internal Backend Backend { get; private set; } = null!;

    internal TestGateway One { get; private set; } = null!;

    internal TestGateway Other { get; private set; } = null!;

    internal TestGateway[] Both => [One, Other];

    /// <summary>The settings that make a gateway a node of this cluster.</summary>
    internal string[] NodeSettings { get; private set; } = [];

    internal string PartId { get; } = Some.Name("shared");

    internal int Version => Volatile.Read(ref _version);

    /// <summary>What the backend does between the coming of a request and its answer.</summary>
    internal Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>A world of one's own.</summary>
    /// <param name="isRedisUp">Whether Redis runs when the gateways start.</param>
    internal static async Task<ClusterScene> StartAsync(bool isRedisUp = true, params string[] settings)
    {
        var scene = new ClusterScene(settings);
        await scene.StartAsync(isRedisUp);
        return scene;
    }

    internal static Task<ClusterScene> StartPatientAsync() => StartAsync(isRedisUp: true, Patient);

    public async ValueTask InitializeAsync() => await StartAsync(isRedisUp: true);

    /// <summary>Changes what the backend says from now on.</summary>
    internal int Raise() => Interlocked.Increment(ref _version);

    /// <summary>Asks a node for the part; the version that the answer carries.</summary>
    internal async Task<int> AskAsync(TestGateway node, string id = "a")
    {
        var answer = (await node.AskAsync(Some.Ask(PartId, ("id", id))))[0];
        answer.ShouldBeGood();
        return int.Parse(answer.Contents!, CultureInfo.InvariantCulture);
    }

    /// <summary>The same at the door of one part.</summary>
    internal async Task<int> GetAsync(TestGateway node, string id = "a") =>
        int.Parse(await node.Traffic.GetStringAsync($"/parts/{PartId}?id={Uri.EscapeDataString(id)}"), CultureInfo.InvariantCulture);

    /// <summary>Invalidates at a node, by Octoparts' path or by that of the admin API. <c>{0}</c> in it stands for the part, and <c>key</c> for the answer to <c>id=a</c>.</summary>
    internal async Task<HttpResponseMessage> InvalidateAsync(TestGateway node, string path)
    {
        var whole = string.Format(CultureInfo.InvariantCulture, path, PartId);
        using var key = new StringContent($$"""{"partId":"{{PartId}}","params":[{"key":"id","value":"a"}]}""", Encoding.UTF8, "application/json");
        var answer = whole.StartsWith("key", StringComparison.Ordinal) ? await node.Management.PostAsync($"/admin/api/cache/invalidate{whole[3..]}", key)
            : whole.StartsWith("/admin/", StringComparison.Ordinal) ? await node.Management.PostAsync(whole, null)
            : await node.Traffic.PostAsync($"/octoparts/2/cache/invalidate/{whole}", null);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return answer;
    }

    /// <summary>Sends to the admin API of a node.</summary>
    internal static async Task AdministerAsync(TestGateway node, HttpMethod method, string path, string json)
    {
        using var request = new HttpRequestMessage(method, $"/admin/api/{path}") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", method == HttpMethod.Put ? "*" : null);
        using var answer = await node.Management.SendAsync(request);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The part as the admin API takes it.</summary>
    internal string PartJson(params string[] groups) => $$"""
        {"partId":"{{PartId}}","uri":"{{Backend.Url}}/","pool":"pool","cacheTtl":60000,"timeout":5000,"cacheGroups":[{{string.Join(',', groups.Select(group => $"\"{group}\""))}}],
         "params":[{"name":"id","in":"query","versioned":true,"cacheGroups":["values"]}]}
        """;

    /// <summary>How many answers are in Redis.</summary>
    internal async Task<int> SharedEntriesAsync() =>
        int.Parse((await Redis.SendAsync("EVAL", "return #redis.call('KEYS', 'tutti:*:e:*')", "0")).TrimStart(':'), CultureInfo.InvariantCulture);

    internal async Task InStepAsync()
    {
        foreach (var node in Both)
        {
            await Eventually.TrueAsync(() => node.Get<ClusterNode>().IsInStep);
        }
    }

    internal async Task AwayAsync()
    {
        foreach (var node in Both)
        {
            await Eventually.TrueAsync(() => !node.Get<ClusterNode>().IsInStep);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        await Other.DisposeAsync();
        await Backend.DisposeAsync();
        await Redis.DisposeAsync();
    }

    async Task StartAsync(bool isRedisUp)
    {
        Redis = isRedisUp ? await RedisServer.StartAsync() : RedisServer.Prepare();
        Backend = await Backend.StartAsync(async context =>
        {
            var version = Version;
            await Answer(context);
            await context.Response.WriteAsync(version.ToString(CultureInfo.InvariantCulture));
        });
        var postgres = await PostgresServer.SharedAsync();
        NodeSettings =
        [
            $"Redis:ConnectionString={Redis.ConnectionString}", "Redis:RetryMs=200", "Redis:PollMs=200",
            "Storage:Provider=PostgreSql", $"Storage:ConnectionString={await postgres.CreateDatabaseAsync()}", .. _settings,
        ];
        One = await TestGateway.StartAsync(NodeSettings);
        Other = await TestGateway.StartAsync(NodeSettings);
        await RegisterAsync();
        if (isRedisUp)
        {
            await InStepAsync();
        }
    }

    async Task RegisterAsync()
    {
        foreach (var group in (string[])["values", "parts"])
        {
            await AdministerAsync(One, HttpMethod.Post, "cache-groups", $$"""{"name":"{{group}}"}""");
        }

        await AdministerAsync(One, HttpMethod.Post, "pools", """{"key":"pool","size":64,"queue":1024}""");
        await AdministerAsync(One, HttpMethod.Post, "parts", PartJson("parts"));
        await Eventually.TrueAsync(() => Other.Get<PartRegistry>().Current.Parts.ContainsKey(PartId));
    }
}
