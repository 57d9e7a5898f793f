using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Aggregation.Wire;
using Tutti.Gateway.Caching;
using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Bench.Micro;

/// <summary>The steps of the line put together as the gateway does it, with parts that point to a loopback server of 1 KB answers.</summary>
internal sealed class World : IAsyncDisposable
{
    readonly WebApplication _backend;
    readonly ServiceProvider _services;

    World(WebApplication backend)
    {
        _backend = backend;
        _services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(Options)
            .AddSingleton(Backends)
            .AddSingleton(new CircuitOptions())
            .AddSingleton(new CachingOptions())
            .AddSingleton(new ClusterOptions())
            .AddSingleton(Registry)
            .AddTelemetry()
            .AddCalls()
            .AddResilience()
            .AddCaching()
            .AddAggregation()
            .BuildServiceProvider();
    }

    public AggregationOptions Options { get; } = new();

    public BackendOptions Backends { get; } = new();

    public PartRegistry Registry { get; } = new();

    public TraceContext Trace { get; } = TraceContext.FromCaller(new HeaderDictionary());

    public AggregateWriter Writer { get; } = new(TimeProvider.System);

    public PartSender Sender => _services.GetRequiredService<PartSender>();

    public PartGuard Guard => _services.GetRequiredService<PartGuard>();

    public PartFanOut FanOut => _services.GetRequiredService<PartFanOut>();

    public AggregatePlanner Planner => _services.GetRequiredService<AggregatePlanner>();

    public static async Task<World> StartAsync(int registered = 100)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var backend = builder.Build();
        var body = Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', 1_000)}}"}""");
        backend.Run(async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            await context.Response.BodyWriter.WriteAsync(body);
        });
        await backend.StartAsync();
        var address = backend.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var world = new World(backend);
        world.Registry.Swap(RegistrySnapshot.Compile(Config(address, registered), static (_, _) => []));
        return world;
    }

    /// <summary>The JSON of an aggregate of so many parts.</summary>
    public static ReadOnlySequence<byte> Json(int parts)
    {
        var requests = Enumerable.Range(0, parts).Select(n => $$"""{"partId":"item{{n}}","id":"i{{n}}","params":[{"key":"n","value":"{{n}}"}]}""");
        return new(Encoding.UTF8.GetBytes($$"""{"requestMeta":{"id":"bench","userId":"u1","timeout":3000},"requests":[{{string.Join(',', requests)}}]}"""));
    }

    public AggregateRequest Request(int parts) => AggregateRequestReader.Read(Json(parts), Options, out _)!;

    public static AggregateDeadlines Deadlines() =>
        new(TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _backend.DisposeAsync();
    }

    static RegistryConfig Config(string address, int parts) => new(
        1,
        [.. Enumerable.Range(0, parts).Select(n => new PartConfig
        {
            PartId = $"item{n}",
            Uri = $"{address}/item/{n}/${{n}}",
            Pool = "bench",
            CacheTtl = 0,
            Backend = new BackendConfig { MaxConnections = 256 },
            Params = [new ParamConfig { Name = "n", In = ParamKind.Path, Required = true }],
        })],
        [new PoolConfig { Key = "bench", Size = 256 }],
        []);
}
