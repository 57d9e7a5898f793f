using System.Buffers;
using BenchmarkDotNet.Attributes;
using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Aggregation.Wire;

namespace Tutti.Bench.Micro;

/// <summary>Step 1: reads the request.</summary>
public class BindBenchmarks
{
    readonly AggregationOptions _options = new();
    ReadOnlySequence<byte> _json;

    [Params(1, 10, 100)]
    public int Parts { get; set; }

    [GlobalSetup]
    public void Setup() => _json = World.Json(Parts);

    [Benchmark]
    public object? Bind() => AggregateRequestReader.Read(_json, _options, out _);
}
