using Microsoft.AspNetCore.Builder;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;
using Tutti.Samples.Storefront;
using Tutti.Samples.Storefront.Raw;

namespace Tutti.FunctionalTests.Faults;

/// <summary>A gateway, a backend that behaves, and everything that a backend can do wrong.</summary>
public sealed class FaultyWorld : IAsyncLifetime
{
    /// <summary>The timeout of the parts that misbehave, in milliseconds.</summary>
    const int Patience = 800;

    readonly WebApplication _storefront = StorefrontApp.Create("--urls", "http://127.0.0.1:0", "--raw-port", "0", "--tls-port", "0");
    Backend _good = null!;
    PartConfig _goodPart = null!;

    internal TestGateway Gateway { get; private set; } = null!;

    /// <summary>The address of the misbehaviours within HTTP, with a slash at its end.</summary>
    public string Faulty => $"{_storefront.Urls.First()}/faulty/";

    public async ValueTask InitializeAsync()
    {
        await _storefront.StartAsync();
        _good = await Backend.StartAsync("good");
        _goodPart = Some.Part(_good.Url);
        Gateway = await TestGateway.StartAsync("Backends:IdleConnectionSeconds=1", "Backends:MaxBodyBytes=1048576");
        await Gateway.RegisterAsync(_goodPart);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _good.DisposeAsync();
        await _storefront.DisposeAsync();
    }

    /// <summary>Asks a backend that misbehaves below HTTP beside the good one, and checks that nothing of it remains.</summary>
    internal async Task<PartAnswer> AskRawAsync(string name)
    {
        await using var backend = RawBackend.Start(name);
        var answer = await AskAsync(Part($"{backend.Url}/raw"));
        await Eventually.BeAsync(() => backend.Open, 0);
        return answer;
    }

    /// <summary>Asks a part beside the good one: whatever it does, the good one is good and nothing is held afterwards.</summary>
    internal async Task<PartAnswer> AskAsync(PartConfig part)
    {
        await Gateway.RegisterAsync(part);

        var answer = await Gateway.AnswerAsync(Some.Request(Some.Ask(part.PartId), Some.Ask(_goodPart.PartId)));

        var parts = PartAnswer.AllOf(answer);
        parts[1].ShouldBeGood("good");
        answer.GetProperty("responseMeta").GetProperty("processTime").GetInt64().ShouldBeLessThan(4_500, "The part's deadline is not kept");
        await Eventually.BeAsync(() => Gateway.Get<PartStatsTable>().Of(part.PartId).Active, 0);
        Gateway.Get<ResilienceStates>().PoolOf(Some.Pool(part.Pool)).Active.ShouldBe(0);
        Gateway.Get<ResilienceStates>().CircuitOf(Some.Model(part)).State.ShouldBe(CircuitState.Closed);
        return parts[0];
    }

    /// <summary>A part with a pool of its own and little patience.</summary>
    internal static PartConfig Part(string url) => Some.Part(url) with
    {
        Timeout = Patience,
        Pool = Some.Name("pool"),
        Backend = new BackendConfig { MaxConnections = 64, ConnectTimeout = 400 },
    };

    /// <summary>One error, in words for people, and nothing else of the answer.</summary>
    internal static void ShouldBeRefused(PartAnswer answer)
    {
        var error = answer.Errors.ShouldHaveSingleItem();
        error.Length.ShouldBeInRange(8, 200);
        error.ShouldNotContain("Exception");
        error.ShouldNotContain("System.");
        answer.Contents.ShouldBeNull();
        answer.Status.ShouldBeNull();
        answer.Json.GetProperty("cookies").GetArrayLength().ShouldBe(0);
    }
}
