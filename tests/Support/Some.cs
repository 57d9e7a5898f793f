using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Telemetry;

namespace Tutti.Tests;

/// <summary>Valid throwaway values: a test says only what matters to it.</summary>
internal static class Some
{
    static int _names;

    /// <summary>A name that nobody else has.</summary>
    public static string Name(string stem = "part") => $"{stem}-{Interlocked.Increment(ref _names)}";

    /// <summary>A part that is never cached, so that each call reaches its backend.</summary>
    public static PartConfig Part(string uri = "http://backend.test/", params ParamConfig[] parameters) => new()
    {
        PartId = Name(),
        Uri = uri,
        Pool = "pool",
        CacheTtl = 0,
        Timeout = 5_000,
        Params = parameters,
        Backend = new BackendConfig { MaxConnections = 64, ConnectTimeout = 2_000 },
    };

    public static ParamConfig Param(ParamKind kind, string name, string? input = null, bool required = false, bool multiSegment = false) =>
        new() { Name = name, In = kind, InputName = input, Required = required, MultiSegment = multiSegment };

    public static PoolConfig Pool(string key = "pool", int size = 64, int queue = 256) => new() { Key = key, Size = size, Queue = queue };

    public static PartModel Model(PartConfig? part = null) => Compile(part ?? Part());

    static PartModel Compile(PartConfig part) => PartModel.Compile(part, Pool(part.Pool), []);

    /// <summary>A registry with these parts, and with each pool that they name.</summary>
    public static RegistrySnapshot Snapshot(IReadOnlyList<PartConfig> parts, params PoolConfig[] pools) => RegistrySnapshot.Compile(
        new RegistryConfig(
            1,
            parts,
            [.. pools, .. parts.Select(part => part.Pool).Distinct().Except(pools.Select(pool => pool.Key)).Select(key => Pool(key))],
            []),
        static (_, _) => []);

    public static RequestMeta Meta(int? timeout = null) => new("request", Timeout: timeout);

    public static AggregateRequest Request(params PartRequest[] parts) => new(Meta(), parts);

    /// <summary>Asks for a part with these values.</summary>
    public static PartRequest Ask(string partId, params (string Key, string Value)[] values) =>
        new(partId, null, [.. values.Select(value => new PartRequestParam(value.Key, value.Value))]);

    /// <summary>A call of that part, bound without values.</summary>
    public static PartCall Call(PartModel? part = null)
    {
        var model = part ?? Model();
        return new PartCall(model, new Uri(model.Config.Uri), [], null) { Ids = new CallIds("request", model.Id), Trace = Trace() };
    }

    public static TraceContext Trace() => TraceContext.FromCaller(new Microsoft.AspNetCore.Http.HeaderDictionary());
}
