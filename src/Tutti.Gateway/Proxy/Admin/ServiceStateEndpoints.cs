using Microsoft.AspNetCore.Http.HttpResults;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Admin;
using Tutti.Gateway.Registry.Rules;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Resilience.Admin;

namespace Tutti.Gateway.Proxy.Admin;

/// <summary>Shows the circuits and pools of services on this node, and forces and releases the circuits.</summary>
internal sealed class ServiceStateEndpoints(PartRegistry registry, ProxyStates states, TimeProvider clock)
{
    static readonly ListQuery<ServiceStateView> Query = new(
        new Dictionary<string, Comparison<ServiceStateView>>(StringComparer.Ordinal)
        {
            ["service"] = (a, b) => string.CompareOrdinal(a.Service, b.Service),
            ["state"] = (a, b) => a.Circuit.State.CompareTo(b.Circuit.State),
            ["failures"] = (a, b) => a.Circuit.Failures.CompareTo(b.Circuit.Failures),
            ["active"] = (a, b) => a.Pool.Active.CompareTo(b.Pool.Active),
            ["waiting"] = (a, b) => a.Pool.Waiting.CompareTo(b.Pool.Waiting),
            ["entered"] = (a, b) => a.Pool.Entered.CompareTo(b.Pool.Entered),
        },
        "service",
        view => [view.Service]);

    public void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.MapGroup($"{RegistryEndpoints.Root}/service-states").WithTags("Services");
        services.MapGet("/", List).WithName("ListServiceStates").WithSummary("Shows the circuits and pools of services on this node")
            .Produces<Page<ServiceStateView>>().TakesList();
        services.MapGet("/{name}", Read).WithName("ReadServiceState").WithSummary("Shows the circuit and the pool of a service on this node")
            .Produces<ServiceStateView>().ProducesProblem(StatusCodes.Status404NotFound);
        services.MapPut("/{name}/circuit", OrderAsync).WithName("ForceServiceCircuit")
            .WithSummary("Holds the circuit of a service on this node open or closed for a time, or lets it go its own way again (auto)")
            .Accepts<CircuitOrder>("application/json").Produces<ServiceStateView>().ProducesProblem(StatusCodes.Status404NotFound).TakesBody();
        services.MapDelete("/{name}/circuit/force", Release).WithName("ReleaseServiceCircuit").WithSummary("Lets the circuit of a service go its own way again")
            .Produces<ServiceStateView>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    IResult List(string? search, string? sort, string? page, string? pageSize)
    {
        var faults = new List<Fault>();
        ServiceStateView[] views = [.. registry.Current.Services.Services.Values.Where(service => service.IsHttp).Select(View)];
        return Query.Run(views, search, sort, page, pageSize, faults) is { } found
            ? TypedResults.Json(found, ProxyJson.Default.PageServiceStateView)
            : Problems.Invalid("The list cannot be made.", faults);
    }

    IResult Read(string name) => Find(name) is { } service ? Show(service) : Missing(name);

    async Task<IResult> OrderAsync(HttpContext http, string name, CancellationToken ct)
    {
        if (Find(name) is not { } service)
        {
            return Missing(name);
        }

        var (order, problem) = await CircuitOrder.ReadAsync(http.Request, ct);
        if (order is null)
        {
            return problem!;
        }

        order.Apply(states.Of(service).Circuit);
        return Show(service);
    }

    IResult Release(string name)
    {
        if (Find(name) is not { } service)
        {
            return Missing(name);
        }

        states.Find(name)?.Circuit.Force(null, TimeSpan.Zero);
        return Show(service);
    }

    /// <summary>Only http is proxied: other services have neither circuit nor pool.</summary>
    ServiceModel? Find(string name) => registry.Current.Services.Services.TryGetValue(name, out var service) && service.IsHttp ? service : null;

    ServiceStateView View(ServiceModel service) => ServiceStateView.Of(service, states, clock);

    JsonHttpResult<ServiceStateView> Show(ServiceModel service) => TypedResults.Json(View(service), ProxyJson.Default.ServiceStateView);

    static ProblemHttpResult Missing(string name) => Problems.Missing($"There is no proxied service '{name}'.");
}
