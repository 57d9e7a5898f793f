using Tutti.Gateway.Caching.Cluster.Invalidations;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Invalidating;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Locator.Doors;
using Tutti.Gateway.Proxy;
using Tutti.Gateway.ProxyCache.Fetching;
using Tutti.Gateway.ProxyCache.Keys;
using Tutti.Gateway.Registry.Services.Routing;

namespace Tutti.Gateway.ProxyCache.Invalidating;

/// <summary>
/// Makes invalid what a request that changes something did change: its URI and those that the answer names (RFC 9111, 4.4), and groups
/// (RFC 9875, 3). It is done before the client hears of the change.
/// </summary>
internal sealed class UnsafeTap(HttpContext context, RouteModel route, ServiceCache cache, Invalidator invalidator) : ProxyTap
{
    public override void Asks(HttpRequestMessage request)
    {
        if (!cache.HonoursRequests)
        {
            RequestFilter.Calm(request);
        }
    }

    public override bool Takes(HttpResponseMessage answer)
    {
        var (method, status) = (context.Request.Method, (int)answer.StatusCode);
        if (status is < 200 or > 399)
        {
            return false;
        }

        var head = AnswerFields.Of(answer);
        var own = RawTarget.Of(context);
        Invalidate(own);
        foreach (var named in InvalidationRules.Judge(method, ClientUri(own), status, head).Skip(1))
        {
            Invalidate(new RawTarget(named.AbsolutePath, named.Query));
        }

        // A service that is not told the public host names itself by its own.
        if (answer.RequestMessage?.RequestUri is { } asked)
        {
            foreach (var named in InvalidationRules.Judge(method, asked, status, head).Skip(1))
            {
                Invalidate(new RawTarget(route.Stripped + named.AbsolutePath, named.Query));
            }
        }

        foreach (var group in InvalidationRules.Groups(method, status, head))
        {
            invalidator.Invalidate(new Invalidation.Group(cache.Origin, group));
        }

        return false;
    }

    public override Task SettleAsync() => invalidator.ToldAsync();

    void Invalidate(RawTarget target) => invalidator.Invalidate(new Invalidation.Uri(UriIdentity.HashOf(RequestKey.TargetOf(target, cache))));

    Uri ClientUri(RawTarget own)
    {
        var trusted = context.Features.Get<TrustedForwarding>();
        var origin = $"{trusted?.Scheme ?? context.Request.Scheme}://{trusted?.Host ?? context.Request.Host.Value}";
        return Uri.TryCreate(origin + own.Path + own.Query, UriKind.Absolute, out var uri) ? uri : new Uri("http://host.invalid/");
    }
}
