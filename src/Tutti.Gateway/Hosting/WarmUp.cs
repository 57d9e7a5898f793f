using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpenTelemetry;
using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Aggregation.Wire;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Hosting;

/// <summary>
/// Walks the whole line a few times before the node says that it is ready, with this very process as the backend: a first request
/// costs many times a later one.
/// </summary>
internal sealed class WarmUp(
    IServiceProvider services, IServer server, PartRegistry registry, Readiness readiness, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<WarmUp> log)
    : BackgroundService
{
    const int Rounds = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stoppingToken.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await RunAsync(stoppingToken);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UriFormatException)
        {
            log.WarmUpFailed(e);
        }

        while (!registry.IsLoaded)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, stoppingToken);
        }

        readiness.Warm();
        log.Ready(registry.Current.Version, registry.Current.Parts.Count);
    }

    async Task RunAsync(CancellationToken ct)
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? throw new InvalidOperationException("The server has no address");
        var own = new Uri(address.Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal).Replace("//*", "//127.0.0.1", StringComparison.Ordinal));
        var warm = new PartRegistry();
        warm.Swap(RegistrySnapshot.Compile(Config(own), static (_, _) => []));
        var table = new PartStatsTable(clock);
        using var metrics = TuttiMetrics.Unheard();
        using var quiet = SuppressInstrumentationScope.Begin();
        var states = ActivatorUtilities.CreateInstance<ResilienceStates>(services, table);
        var line = ActivatorUtilities.CreateInstance<PartLine>(services, new PartGuard(states, clock), states, new CallCounter(metrics, clock));
        var planner = ActivatorUtilities.CreateInstance<AggregatePlanner>(services, warm, table, states);
        var fanOut = ActivatorUtilities.CreateInstance<PartFanOut>(services, line);
        var writer = services.GetRequiredService<AggregateWriter>();
        for (var round = 0; round < Rounds && !ct.IsCancellationRequested; round++)
        {
            var request = AggregateRequestReader.Read(new ReadOnlySequence<byte>(Body()), new AggregationOptions(), out _)!;
            var plan = planner.Plan(request, TraceContext.FromCaller(new HeaderDictionary()));
            var deadlines = new AggregateDeadlines(TimeSpan.FromSeconds(1), TimeSpan.Zero, clock, ct);
            var gathering = await fanOut.RunAsync(plan.Calls, deadlines);
            writer.Write(request, plan, gathering, TimeSpan.Zero).Dispose();
            gathering.Leave();
        }
    }

    static RegistryConfig Config(Uri own) => new(
        1,
        [new PartConfig
        {
            PartId = "warm-up",
            Uri = $"{own.GetLeftPart(UriPartial.Authority)}/livez?n=${{n}}",
            Pool = "warm-up",
            CacheTtl = 0,
            Params = [new ParamConfig { Name = "n", In = ParamKind.Path }],
        }],
        [new PoolConfig { Key = "warm-up", Size = 10 }],
        []);

    static byte[] Body()
    {
        var parts = Enumerable.Range(0, 10).Select(n => $$"""{"partId":"warm-up","id":"{{n}}","params":[{"key":"n","value":"{{n}}"}]}""");
        return Encoding.UTF8.GetBytes($$"""{"requestMeta":{"id":"warm-up","timeout":1000},"requests":[{{string.Join(',', parts)}}]}""");
    }
}
