using BenchmarkDotNet.Attributes;
using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Aggregation;

namespace Tutti.Bench.Micro;

/// <summary>Step 7: writes the answer, bodies escaped as JSON strings.</summary>
public class WriteBenchmarks
{
    World _world = null!;
    AggregateRequest _request = null!;
    AggregatePlan _plan = null!;
    Gathering _gathering = null!;

    [Params(1, 10, 100)]
    public int Parts { get; set; }

    [GlobalSetup]
    public async Task Setup()
    {
        _world = await World.StartAsync();
        _request = _world.Request(Parts);
        _plan = _world.Planner.Plan(_request, _world.Trace);
        _gathering = await _world.FanOut.RunAsync(_plan.Calls, World.Deadlines());
    }

    [Benchmark]
    public int Write()
    {
        using var answer = _world.Writer.Write(_request, _plan, _gathering, TimeSpan.FromMilliseconds(12));
        return answer.Written.Length;
    }

    [GlobalCleanup]
    public async Task Cleanup() => await _world.DisposeAsync();
}
