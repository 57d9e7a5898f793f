using BenchmarkDotNet.Attributes;
using Tutti.Contracts.Aggregation;

namespace Tutti.Bench.Micro;

/// <summary>Step 2: turns a request into calls.</summary>
public class PlanBenchmarks
{
    World _world = null!;
    AggregateRequest _request = null!;

    [Params(1, 10, 100)]
    public int Parts { get; set; }

    [Params(100, 10_000)]
    public int Registered { get; set; }

    [GlobalSetup]
    public async Task Setup()
    {
        _world = await World.StartAsync(Registered);
        _request = _world.Request(Parts);
    }

    [Benchmark]
    public object Plan() => _world.Planner.Plan(_request, _world.Trace);

    [GlobalCleanup]
    public async Task Cleanup() => await _world.DisposeAsync();
}
