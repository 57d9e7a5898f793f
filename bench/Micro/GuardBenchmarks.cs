using BenchmarkDotNet.Attributes;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Bench.Micro;

/// <summary>Step 5: circuit and pool, in and out.</summary>
public class GuardBenchmarks
{
    World _world = null!;
    PartModel _part = null!;
    CallBudget _budget = null!;

    [GlobalSetup]
    public async Task Setup()
    {
        _world = await World.StartAsync();
        _part = _world.Registry.Current.Parts["item0"];
        _budget = World.Deadlines().For(_part);
    }

    [Benchmark]
    public async ValueTask EnterAndEnd()
    {
        var permit = await _world.Guard.EnterAsync(_part, _budget);
        permit.End(isGood: true, TimeProvider.System.GetTimestamp());
    }

    [GlobalCleanup]
    public async Task Cleanup() => await _world.DisposeAsync();
}
