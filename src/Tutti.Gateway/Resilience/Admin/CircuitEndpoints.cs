using Microsoft.AspNetCore.Http.HttpResults;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Admin;
using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Resilience.Admin;

/// <summary>Lists, reads, forces and releases the circuits of this node.</summary>
internal static class CircuitEndpoints
{
    public static void Map(RouteGroupBuilder circuits)
    {
        circuits.MapGet("/", List).WithName("ListCircuits").WithSummary("Lists the circuits of this node").Produces<Page<CircuitView>>().TakesList();
        circuits.MapGet("/{key}", Read).WithName("ReadCircuit").WithSummary("Reads a circuit")
            .Produces<CircuitView>().ProducesProblem(StatusCodes.Status404NotFound);
        circuits.MapPut("/{key}", OrderAsync).WithName("ForceCircuit")
            .WithSummary("Holds a circuit of this node open or closed for a time, or lets it go its own way again (auto)")
            .Accepts<CircuitOrder>("application/json").Produces<CircuitView>().ProducesProblem(StatusCodes.Status404NotFound).TakesBody();
        circuits.MapDelete("/{key}/force", Release).WithName("ReleaseCircuit").WithSummary("Lets a circuit go its own way again")
            .Produces<CircuitView>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    static IResult List(
        PartRegistry registry, ResilienceStates states, TimeProvider clock, string? search, string? sort, string? page, string? pageSize)
    {
        var faults = new List<Fault>();
        CircuitView[] circuits = [.. registry.Current.Parts.Values.Select(part => CircuitView.Of(part, states, clock))];
        return StateLists.Circuits.Run(circuits, search, sort, page, pageSize, faults) is { } found
            ? TypedResults.Json(found, ResilienceJson.Default.PageCircuitView)
            : Problems.Invalid("The list cannot be made.", faults);
    }

    static IResult Read(string key, PartRegistry registry, ResilienceStates states, TimeProvider clock) =>
        Find(registry, key) is { } part ? Show(part, states, clock) : Missing(key);

    static async Task<IResult> OrderAsync(
        HttpContext http, string key, PartRegistry registry, ResilienceStates states, TimeProvider clock, CancellationToken ct)
    {
        if (Find(registry, key) is not { } part)
        {
            return Missing(key);
        }

        var (order, problem) = await CircuitOrder.ReadAsync(http.Request, ct);
        if (order is null)
        {
            return problem!;
        }

        order.Apply(states.CircuitOf(part));
        return Show(part, states, clock);
    }

    static IResult Release(string key, PartRegistry registry, ResilienceStates states, TimeProvider clock)
    {
        if (Find(registry, key) is not { } part)
        {
            return Missing(key);
        }

        states.FindCircuit(key)?.Force(null, TimeSpan.Zero);
        return Show(part, states, clock);
    }

    static PartModel? Find(PartRegistry registry, string key) => registry.Current.Parts.Values.FirstOrDefault(part => part.CircuitKey == key);

    static JsonHttpResult<CircuitView> Show(PartModel part, ResilienceStates states, TimeProvider clock) =>
        TypedResults.Json(CircuitView.Of(part, states, clock), ResilienceJson.Default.CircuitView);

    static ProblemHttpResult Missing(string key) => Problems.Missing($"There is no circuit '{key}'.");
}
