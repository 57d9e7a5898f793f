using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Samples.Storefront.Raw;

namespace Tutti.FunctionalTests.Threats;

/// <summary>Backends that lead elsewhere, hang or are gone, and callers who leave.</summary>
public sealed class BackendThreatTests(SharedGateway shared)
{
    readonly TestGateway _gateway = shared.Gateway;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task Threat_07_a_denied_network_is_not_reached_by_any_name_of_it(string host)
    {
        await using var gateway = await TestGateway.StartAsync("Backends:DeniedNetworks:0=127.0.0.0/8", "Backends:DeniedNetworks:1=::1");
        await using var backend = RawBackend.Start("close-at-once");

        var answer = await gateway.AskAsync(Some.Part($"http://{host}:{backend.Port}/"));

        answer.Errors.ShouldHaveSingleItem().ShouldContain("which calls may not reach");
        backend.Accepted.ShouldBe(0);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://0xa9fea9fe/")]
    public async Task Threat_07_cloud_metadata_is_not_reached_unless_allowed(string uri) =>
        (await _gateway.AskAsync(Some.Part(uri))).Errors.ShouldHaveSingleItem().ShouldContain("which calls may not reach");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 4)]
    public async Task Threat_08_a_redirect_to_itself_is_followed_as_often_as_the_part_says(int followed, int calls)
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.Redirect("/again");
            return Task.CompletedTask;
        });

        var answer = await _gateway.AskAsync(Following(backend, followed));

        answer.Status.ShouldBe(302);
        backend.Requests.Length.ShouldBe(calls);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{port}/internal")]
    [InlineData("//127.0.0.1:{port}/internal")]
    [InlineData("http://localhost:{own}/internal")]
    [InlineData("https://127.0.0.1:{own}/internal")]
    [InlineData("file:///etc/hostname")]
    [InlineData("gopher://127.0.0.1:{port}/")]
    [InlineData("http://[")]
    public async Task Threat_08_a_redirect_elsewhere_is_never_followed(string location)
    {
        await using var other = RawBackend.Start("close-at-once");
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = location
                .Replace("{port}", $"{other.Port}", StringComparison.Ordinal)
                .Replace("{own}", $"{context.Connection.LocalPort}", StringComparison.Ordinal);
            return Task.CompletedTask;
        });

        var answer = await _gateway.AskAsync(Following(backend, 10));

        answer.Status.ShouldBe(302);
        backend.Requests.Length.ShouldBe(1);
        other.Accepted.ShouldBe(0);
    }

    [Fact]
    public async Task Threat_26_calls_to_a_dead_backend_stop_and_the_others_are_unaffected()
    {
        await using var good = await Backend.StartAsync();
        await using var dead = RawBackend.Start("reset-at-once");
        var (bad, fine) = (Some.Part($"{dead.Url}/") with { Method = "post" }, Some.Part(good.Url));
        await _gateway.RegisterAsync(bad, fine);

        for (var i = 0; i < 40; i++)
        {
            var answers = await _gateway.AskAsync(Some.Ask(bad.PartId), Some.Ask(fine.PartId));
            answers[0].Errors.ShouldHaveSingleItem();
            answers[1].ShouldBeGood("hello");
        }

        dead.Requests.ShouldBe(20);
        Circuit(bad).State.ShouldBe(CircuitState.Open);
        Circuit(fine).State.ShouldBe(CircuitState.Closed);
    }

    [Fact]
    public async Task Threat_27_a_part_that_fills_its_pool_is_refused_at_once_and_the_others_run()
    {
        var release = new TaskCompletionSource();
        await using var hanging = await Backend.StartAsync(_ => release.Task);
        await using var good = await Backend.StartAsync();
        var (full, fine) = (Some.Part(hanging.Url) with { Pool = Some.Name("pool"), Method = "post" }, Some.Part(good.Url));
        await _gateway.RegisterAsync([Some.Pool(full.Pool, size: 2, queue: 0)], full, fine);
        var held = Enumerable.Range(0, 2).Select(_ => _gateway.AskAsync(Some.Ask(full.PartId))).ToArray();
        await Eventually.BeAsync(() => hanging.Requests.Length, 2);

        for (var i = 0; i < 10; i++)
        {
            var answers = await _gateway.AskAsync(Some.Ask(full.PartId), Some.Ask(fine.PartId));
            answers[0].ShouldFailWith($"Pool {full.Pool} is full");
            answers[1].ShouldBeGood("hello");
        }

        hanging.Requests.Length.ShouldBe(2);
        release.SetResult();
        (await Task.WhenAll(held)).ShouldAllBe(answers => answers[0].Status == 200);
    }

    [Theory]
    [InlineData("get")]
    [InlineData("post")]
    public async Task Threat_28_when_the_caller_leaves_its_calls_end_and_the_circuit_learns_nothing(string method)
    {
        var (asked, gone) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var backend = await Backend.StartAsync(async context =>
        {
            await using var aborted = context.RequestAborted.Register(gone.SetResult);
            asked.SetResult();
            await gone.Task;
        });
        var part = Some.Part(backend.Url) with { Method = method, Pool = Some.Name("pool") };
        await _gateway.RegisterAsync(part);
        using var leaving = new CancellationTokenSource();
        using var content = new StringContent($$"""{"requestMeta":{"id":"a"},"requests":[{"partId":"{{part.PartId}}"}]}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        var answer = _gateway.Traffic.PostAsync("/octoparts/2", content, leaving.Token);
        await asked.Task.WaitAsync(Eventually.HangGuard);

        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(answer);
        await gone.Task.WaitAsync(Eventually.HangGuard);
        await Eventually.BeAsync(() => _gateway.Get<ResilienceStates>().PoolOf(Some.Pool(part.Pool)).Active, 0);
        Circuit(part).Calls.ShouldBe(0);
    }

    static PartConfig Following(Backend backend, int redirects)
    {
        var part = Some.Part(backend.Url);
        return part with { Backend = part.Backend with { FollowRedirects = redirects } };
    }

    PartCircuit Circuit(PartConfig part) => _gateway.Get<ResilienceStates>().CircuitOf(Some.Model(part));
}
