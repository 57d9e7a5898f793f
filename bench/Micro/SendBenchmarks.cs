using BenchmarkDotNet.Attributes;
using Tutti.Gateway.Calls;

namespace Tutti.Bench.Micro;

/// <summary>Step 6: one call over loopback, its body read into memory; the loopback server's own work is in the figure.</summary>
public class SendBenchmarks
{
    static readonly CallBudget Budget = new(TimeSpan.FromSeconds(3), 3_000, IsPartsOwn: true, CancellationToken.None, CancellationToken.None);

    World _world = null!;
    PartCall _call = null!;

    [GlobalSetup]
    public async Task Setup()
    {
        _world = await World.StartAsync();
        _call = _world.Planner.Plan(_world.Request(1), _world.Trace).Calls[0].Call;
    }

    [Benchmark]
    public async Task Send()
    {
        var outcome = await _world.Sender.SendAsync(_call, Budget);
        outcome.Dispose();
    }

    [GlobalCleanup]
    public async Task Cleanup() => await _world.DisposeAsync();
}
