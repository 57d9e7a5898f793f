using Tutti.Gateway.Caching.Cluster.Invalidations;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Fetching;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>Makes invalid what answers to methods that change something say: their URIs (RFC 9111, 4.4) and groups (RFC 9875, 3).</summary>
internal sealed class UnsafeEffects(UnsafeAnswers answers, CachedUris cached, Invalidator invalidator) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        answers.Effects = ApplyAsync;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        answers.Effects = null;
        return Task.CompletedTask;
    }

    Task ApplyAsync(PartModel part, Uri target, HttpResponseMessage response)
    {
        if (!cached.HasOriginOf(target))
        {
            return Task.CompletedTask;
        }

        var (method, status, head) = (part.Method.Method, (int)response.StatusCode, FetchedHead.Of(response).Fields);
        foreach (var uri in UrisOf(part, InvalidationRules.Judge(method, target, status, head)))
        {
            invalidator.Invalidate(new Invalidation.Uri(UriIdentity.HashOf(uri)));
        }

        foreach (var group in InvalidationRules.Groups(method, status, head))
        {
            invalidator.Invalidate(new Invalidation.Group(UriIdentity.OriginOf(target), group));
        }

        return invalidator.ToldAsync();
    }

    /// <summary>A part whose answers are stored says with that that its calls only ask.</summary>
    IEnumerable<Uri> UrisOf(PartModel part, IReadOnlyList<Uri> changed) => part.Config.Cache.StoreUnsafe ? [] : changed.Where(cached.MayHold);
}
