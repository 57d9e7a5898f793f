using Tutti.Gateway.Locator.Leases;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Admin;

namespace Tutti.Gateway.Locator.Admin;

/// <summary>Shows the instances as this node sees them.</summary>
internal sealed class InstanceStateEndpoints(PartRegistry registry, ServiceDirectory directory, TimeProvider clock)
{
    static readonly ListQuery<InstanceStateView> Query = new(
        new Dictionary<string, Comparison<InstanceStateView>>(StringComparer.Ordinal)
        {
            ["service"] = By(view => view.Service),
            ["instance"] = By(view => view.Instance),
            ["state"] = By(view => view.State),
            ["address"] = By(view => view.Address),
            ["running"] = (a, b) => a.Running.CompareTo(b.Running),
        },
        "service",
        view => [view.Service, view.Instance, view.Bundle, view.Address, view.State]);

    public void Map(RouteGroupBuilder api) => api.MapGet("/instance-states", List)
        .WithTags("Instances").WithName("ListInstanceStates").WithSummary("Shows the instances as this node sees them")
        .Produces<Page<InstanceStateView>>().TakesList();

    IResult List(string? search, string? sort, string? page, string? pageSize)
    {
        var faults = new List<Fault>();
        var now = clock.GetTimestamp();
        var views = registry.Current.Services.Services.Values
            .SelectMany(service => directory.Of(service).Instances)
            .Select(instance => View(instance, now))
            .OrderBy(view => view.Instance, StringComparer.Ordinal);
        return Query.Run([.. views], search, sort, page, pageSize, faults) is { } found
            ? TypedResults.Json(found, LocatorJson.Default.PageInstanceStateView)
            : Problems.Invalid("The list cannot be made.", faults);
    }

    InstanceStateView View(InstanceState instance, long now) => new(
        instance.Model.Service,
        instance.Model.Id,
        instance.Model.Config.Bundle,
        instance.Model.Address.GetLeftPart(UriPartial.Authority),
        IsLate(instance, now) ? "late" : instance.Word(now),
        instance.Lease.Ends == InstanceLease.Never ? null : Math.Max(0, (long)clock.GetElapsedTime(now, instance.Lease.Ends).TotalMilliseconds),
        instance.Running);

    /// <summary>Whether its start should have been signalled by now.</summary>
    bool IsLate(InstanceState instance, long now) =>
        !instance.Lease.IsStarted
        && instance.Model.Config.Bundle is { } id
        && registry.Current.Services.Bundles.TryGetValue(id, out var bundle)
        && clock.GetElapsedTime(instance.Lease.Since, now).TotalMilliseconds > bundle.StartTimeout;

    static Comparison<InstanceStateView> By(Func<InstanceStateView, string?> field) => (a, b) => string.CompareOrdinal(field(a), field(b));
}
