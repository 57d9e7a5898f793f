using System.Net;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Caching;
using Tutti.Samples.Storefront.Raw;

namespace Tutti.FunctionalTests.Threats;

/// <summary>Runs after all others and alone, since it counts what the whole process holds.</summary>
[CollectionDefinition(nameof(LoadThreatTests), DisableParallelization = true)]
[Collection(nameof(LoadThreatTests))]
public sealed class LoadThreatTests
{
    const string Empty = """{"requestMeta":{"id":"a"},"requests":[]}""";

    [Fact]
    public async Task Threat_63_after_thousands_of_aggregates_sockets_and_memory_come_back()
    {
        await using var gateway = await TestGateway.StartAsync("Backends:IdleConnectionSeconds=1");
        await using var good = await Backend.StartAsync(context =>
        {
            context.Response.StatusCode = 200;
            return context.Response.Body.WriteAsync(new byte[2_000]).AsTask();
        });
        await using var bad = RawBackend.Start("truncated-length");
        await using var silent = RawBackend.Start("never-answers");
        var parts = new[]
        {
            Some.Part(good.Url),
            Some.Part($"{bad.Url}/") with { Method = "post" },
            Some.Part($"{silent.Url}/") with { Timeout = 30, Pool = Some.Name("pool") },
            Some.Part("http://127.0.0.1:1/"),
        };
        await gateway.RegisterAsync(parts);
        await RoundAsync(gateway, parts, 300);
        await QuietAsync(bad, silent);
        var (files, memory) = (OpenFiles(), GC.GetTotalMemory(forceFullCollection: true));

        await RoundAsync(gateway, parts, 3_000);

        await QuietAsync(bad, silent);
        await Eventually.TrueAsync(() => OpenFiles() <= files + 10);
        (GC.GetTotalMemory(forceFullCollection: true) - memory).ShouldBeLessThan(20L * 1024 * 1024);
        gateway.Get<AggregateGate>().Running.ShouldBe(0);
        gateway.Get<LateCalls>().Running.ShouldBe(0);
    }

    [Fact]
    public async Task Threat_64_stopping_under_load_fails_no_request_of_a_client_that_honours_readiness()
    {
        await using var backend = await Backend.StartAsync();
        await using var gateway = await TestGateway.StartAsync("Shutdown:ReadinessDelayMs=1000");
        var part = await gateway.RegisterOneAsync(Some.Part(backend.Url));
        using var notReady = new CancellationTokenSource();
        var prober = ProbeAsync(gateway, notReady);
        var enough = new TaskCompletionSource();
        var served = 0;
        var workers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!notReady.IsCancellationRequested)
            {
                (await gateway.AskAsync(Some.Ask(part)))[0].ShouldBeGood("hello");
                if (Interlocked.Increment(ref served) == 100)
                {
                    enough.SetResult();
                }
            }
        })).ToArray();
        await enough.Task.WaitAsync(Eventually.HangGuard);

        var stopping = gateway.StopAsync();

        await Task.WhenAll(workers).WaitAsync(Eventually.HangGuard);
        await stopping.WaitAsync(Eventually.HangGuard);
        await prober;
        served.ShouldBeGreaterThanOrEqualTo(100);
    }

    [Fact]
    public async Task Threat_64_what_runs_when_it_stops_is_finished_and_connections_are_told_to_close()
    {
        var (asked, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var backend = await Backend.StartAsync(async _ =>
        {
            asked.SetResult();
            await release.Task;
        });
        await using var gateway = await TestGateway.StartAsync("Shutdown:ReadinessDelayMs=1000");
        var part = await gateway.RegisterOneAsync(Some.Part(backend.Url));
        var running = gateway.PostAsync($$"""{"requestMeta":{"id":"a"},"requests":[{"partId":"{{part}}"}]}""");
        await asked.Task.WaitAsync(Eventually.HangGuard);

        var stopping = gateway.StopAsync();
        await Eventually.TrueAsync(async () => !(await gateway.Management.GetAsync("/readyz")).IsSuccessStatusCode);
        using (var late = await gateway.PostAsync(Empty))
        {
            ((int)late.StatusCode).ShouldBe(200);
            late.Headers.ConnectionClose.ShouldBe(true);
        }

        release.SetResult();
        using var answer = await running;
        ((int)answer.StatusCode).ShouldBe(200);
        await stopping.WaitAsync(Eventually.HangGuard);
        await Should.ThrowAsync<HttpRequestException>(gateway.Traffic.GetAsync("/livez"));
    }

    [Fact]
    public async Task Threat_66_above_its_limit_it_answers_503_at_once_and_stays_alive()
    {
        var release = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(_ => release.Task);
        await using var gateway = await TestGateway.StartAsync("Aggregates:MaxConcurrent=8");
        var part = await gateway.RegisterOneAsync(Some.Part(backend.Url) with { Method = "post" });
        var asked = Enumerable.Range(0, 40)
            .Select(_ => gateway.PostAsync($$"""{"requestMeta":{"id":"a"},"requests":[{"partId":"{{part}}"}]}""")).ToList();

        // While eight hang, all the others are answered.
        await Eventually.TrueAsync(() => asked.Count(answer => answer.IsCompleted) == 32);
        await Eventually.BeAsync(() => backend.Requests.Length, 8);
        (await gateway.Traffic.GetStringAsync("/livez")).ShouldBe("ok");
        (await gateway.Management.GetAsync("/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.Management.GetAsync("/admin/api/parts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        release.SetResult();

        var answers = await Task.WhenAll(asked);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(8);
        answers.Where(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            .Count(answer => answer.Headers.RetryAfter?.Delta > TimeSpan.Zero).ShouldBe(32);
        (await gateway.PostAsync(Empty)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    static Task RoundAsync(TestGateway gateway, Gateway.Registry.PartConfig[] parts, int count) => Parallel.ForAsync(
        0,
        count,
        new ParallelOptions { MaxDegreeOfParallelism = 16 },
        async (_, _) =>
        {
            var answers = await gateway.AskAsync([.. parts.Select(part => Some.Ask(part.PartId))]);
            answers[0].ShouldBeGood();
            answers.Skip(1).ShouldAllBe(answer => answer.Errors.Length == 1);
        });

    static async Task QuietAsync(params RawBackend[] backends)
    {
        foreach (var backend in backends)
        {
            await Eventually.BeAsync(() => backend.Open, 0);
        }
    }

    /// <summary>Descriptors of this process, sockets among them; elsewhere than on Linux none is counted.</summary>
    static int OpenFiles() => Directory.Exists("/proc/self/fd") ? Directory.GetFileSystemEntries("/proc/self/fd").Length : 0;

    static async Task ProbeAsync(TestGateway gateway, CancellationTokenSource notReady)
    {
        while (!notReady.IsCancellationRequested)
        {
            using var answer = await gateway.Management.GetAsync("/readyz");
            if (!answer.IsSuccessStatusCode)
            {
                await notReady.CancelAsync();
            }

            await Task.Delay(20);
        }
    }
}
