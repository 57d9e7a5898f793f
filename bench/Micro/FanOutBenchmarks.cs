using BenchmarkDotNet.Attributes;
using Tutti.Gateway.Aggregation;

namespace Tutti.Bench.Micro;

/// <summary>Step 3: runs all calls at once, over loopback, and with them steps 5 and 6.</summary>
public class FanOutBenchmarks
{
    World _world = null!;
    List<PlannedCall> _calls = null!;

    [Params(1, 10, 100)]
    public int Parts { get; set; }

    [GlobalSetup]
    public async Task Setup()
    {
        _world = await World.StartAsync();
        _calls = _world.Planner.Plan(_world.Request(Parts), _world.Trace).Calls;
    }

    [Benchmark]
    public async Task FanOut()
    {
        var gathering = await _world.FanOut.RunAsync(_calls, World.Deadlines());
        gathering.Leave();
    }

    [GlobalCleanup]
    public async Task Cleanup() => await _world.DisposeAsync();
}
