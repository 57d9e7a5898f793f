using Tutti.Gateway.Locator.Leases;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Registry.Store;
using Tutti.Gateway.Storage;

namespace Tutti.Gateway.Locator.Status;

/// <summary>Takes the signal that a bundle started, as ConductR's libraries send it, and heartbeats.</summary>
internal sealed class StatusDoor(
    PartRegistry registry, LeaseTable leases, LeaseWriter writer, RegistryStore store, Signaller signaller, ServiceDirectory directory, ILogger<StatusDoor> log)
{
    /// <summary>Answers <c>PUT /bundles/{bundleId}?isStarted=true</c>.</summary>
    public async Task<IResult> SignalAsync(HttpContext context, string bundleId)
    {
        var wanted = context.Request.RouteValues["instanceId"] as string;
        if (!InstancesOf(bundleId, wanted).Any())
        {
            await LookAgainAsync(context.RequestAborted);
        }

        if (!registry.Current.Services.Bundles.TryGetValue(bundleId, out var bundle))
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

        return await FindAsync(context, bundleId, wanted) is { } instance ? await RenewAsync(instance.InstanceId, true, bundle)
            : wanted is null ? await SignalEarlyAsync(context, bundle)
            : StatusProblems.Missing($"The bundle '{bundleId}' has no instance '{wanted}'.");
    }

    /// <summary>Answers <c>PUT /admin/api/instances/{key}/heartbeat</c>.</summary>
    public async Task<IResult> BeatAsync(HttpContext context, string key)
    {
        if (leases.Instance(key) is null)
        {
            await LookAgainAsync(context.RequestAborted);
        }

        if (leases.Instance(key) is not { } instance)
        {
            return StatusProblems.Missing($"There is no instance '{key}'.");
        }

        var bundle = instance.Bundle is { } id ? registry.Current.Services.Bundles.GetValueOrDefault(id) : null;
        return BundleKeys.Opens(context, bundle) ? await RenewAsync(key, null, bundle) : StatusProblems.KeyWanted(context, instance.Bundle!);
    }

    ValueTask<InstanceConfig?> FindAsync(HttpContext context, string bundleId, string? wanted) =>
        signaller.FindAsync(InstancesOf(bundleId, wanted), context.Connection.RemoteIpAddress, context.RequestAborted);

    IEnumerable<InstanceConfig> InstancesOf(string bundleId, string? wanted) =>
        registry.Current.Config.Instances.Where(instance => instance.Bundle == bundleId && (wanted is null || instance.InstanceId == wanted));

    /// <summary>A start that is signalled before the instance is registered counts for the next one, even if that is being registered just now.</summary>
    async Task<IResult> SignalEarlyAsync(HttpContext context, BundleConfig bundle)
    {
        var early = await RenewAsync(LeaseRows.OfBundle(bundle.BundleId), true, bundle);
        await LookAgainAsync(context.RequestAborted);
        return await FindAsync(context, bundle.BundleId, null) is { } instance ? await RenewAsync(instance.InstanceId, true, bundle) : early;
    }

    /// <summary>Another node may have registered a moment ago what is not known here yet.</summary>
    async Task LookAgainAsync(CancellationToken ct)
    {
        try
        {
            await store.RefreshAsync(ct);
        }
        catch (Exception e) when (StorageTrouble.Is(e))
        {
            // Then what is known must do.
        }
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
