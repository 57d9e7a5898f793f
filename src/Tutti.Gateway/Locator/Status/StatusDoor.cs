using Tutti.Gateway.Locator.Leases;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Registry.Store;

namespace Tutti.Gateway.Locator.Status;

/// <summary>Takes the signal that a bundle started, as ConductR's libraries send it, and heartbeats.</summary>
internal sealed class StatusDoor(
    PartRegistry registry, LeaseTable leases, LeaseWriter writer, Signaller signaller, ServiceDirectory directory, ILogger<StatusDoor> log)
{
    /// <summary>Answers <c>PUT /bundles/{bundleId}?isStarted=true</c>.</summary>
    public async Task<IResult> SignalAsync(HttpContext context, string bundleId)
    {
        var known = registry.Current;
        if (!known.Services.Bundles.TryGetValue(bundleId, out var bundle))
        {
            return StatusProblems.Missing($"There is no bundle '{bundleId}'.");
        }

        if (!BundleKeys.Opens(context, bundle))
        {
            return StatusProblems.KeyWanted(context, bundleId);
        }

        if (context.Request.Query["isStarted"] is not ["true"])
        {
            return StatusProblems.BadValue();
        }

        var wanted = context.Request.RouteValues["instanceId"] as string;
        var instances = known.Config.Instances.Where(instance => instance.Bundle == bundleId && (wanted is null || instance.InstanceId == wanted));
        var instance = signaller.Find(instances, context.Connection.RemoteIpAddress);
        if (instance is null && wanted is not null)
        {
            return StatusProblems.Missing($"The bundle '{bundleId}' has no instance '{wanted}'.");
        }

        // A start that is signalled before the instance is registered counts for the next one.
        return await RenewAsync(instance?.InstanceId ?? LeaseRows.OfBundle(bundleId), true, bundle);
    }

    /// <summary>Answers <c>PUT /admin/api/instances/{key}/heartbeat</c>.</summary>
    public async Task<IResult> BeatAsync(HttpContext context, string key)
    {
        if (leases.Instance(key) is not { } instance)
        {
            return StatusProblems.Missing($"There is no instance '{key}'.");
        }

        var bundle = instance.Bundle is { } id ? registry.Current.Services.Bundles.GetValueOrDefault(id) : null;
        return BundleKeys.Opens(context, bundle) ? await RenewAsync(key, null, bundle) : StatusProblems.KeyWanted(context, instance.Bundle!);
    }

    async Task<IResult> RenewAsync(string instanceId, bool? started, BundleConfig? bundle)
    {
        var isNews = started is true && !leases.Of(instanceId).IsStarted;
        if (!await writer.RenewAsync(new LeaseRenewal(instanceId, started)))
        {
            return StatusProblems.Unavailable();
        }

        directory.Recovered(instanceId);
        if (isNews)
        {
            log.BundleStarted(bundle!.BundleId, instanceId);
        }

        return TypedResults.NoContent();
    }
}
