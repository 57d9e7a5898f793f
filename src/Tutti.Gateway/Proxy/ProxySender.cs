using Microsoft.AspNetCore.Http.Features;
using Tutti.Gateway.Calls.Connections;
using Tutti.Gateway.Edge.Answers;
using Tutti.Gateway.Locator;
using Tutti.Gateway.Locator.Balancing;
using Tutti.Gateway.Locator.Doors;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Registry.Services.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace Tutti.Gateway.Proxy;

/// <summary>Sends a request to an instance, and to another one where that is safe and the first did not answer.</summary>
internal sealed class ProxySender(IHttpForwarder forwarder, BackendConnections connections, LocatorOptions options, FrameworkFields hidden, TimeProvider clock)
{
    /// <summary>How many instances are tried that cannot be connected to: nothing was sent, so any method may go on.</summary>
    const int MostConnects = 5;

    readonly string? _zone = options.Zone.Length > 0 ? options.Zone : null;
    readonly AnswerTimers _timers = new(clock);

    /// <returns>Whether the service did well; null if nothing was learnt of it.</returns>
    public async ValueTask<bool?> SendAsync(HttpContext context, RouteModel route, RawTarget target, ProxyState state, ProxyTap? tap)
    {
        var service = route.Service;
        var tried = default(TriedInstances);
        var mayRepeat = MayRepeat(context);
        Limit(context, service);
        while (true)
        {
            var instance = StickyCookie.Find(context.Request, service, state.Service, tried, clock.GetTimestamp()) ?? Choose(service, state.Service, in tried);
            if (instance is null)
            {
                await (tried.Last ?? ProxyProblem.NoInstance(service.Name)).TellAsync(context, tap);
                return tried.Last is null ? null : false;
            }

            var isLast = !mayRepeat || tried.Count >= service.Config.Retries;
            using var timer = _timers.Rent(state.AnswerTimeout);
            var request = new ProxyRequest(route, target, instance.Model, timer, isLast, hidden, tap);
            var outcome = await SendOnceAsync(context, state, instance, request, timer);
            Learn(service, instance, outcome);
            if (outcome.IsDone || context.Response.HasStarted)
            {
                return outcome.IsGood;
            }

            tried.Add(instance, outcome.Problem!);
            if (isLast && !(outcome.IsUnsent && tried.Count < MostConnects))
            {
                await outcome.Problem!.TellAsync(context, tap);
                return outcome.IsGood;
            }

            StartAnew(context);
        }
    }

    async ValueTask<ProxyOutcome> SendOnceAsync(HttpContext context, ProxyState state, InstanceState instance, ProxyRequest request, AnswerTimer timer)
    {
        var service = request.Service;
        var config = instance.Model.IsTls ? state.Tls : state.Plain;
        instance.Begin();
        try
        {
            var error = await forwarder.SendAsync(context, instance.Model.Origin, connections.Of(service.Way), config, request, timer.Token);
            return ProxyOutcome.Of(context, error, request, service, timer.HasRung);
        }
        finally
        {
            instance.End();
        }
    }

    InstanceState? Choose(ServiceModel service, ServiceState state, in TriedInstances tried)
    {
        var balance = service.Config.Balance;
        return Balancer.Choose(state, new Choice(balance, balance.ZoneFirst ? _zone : null), tried.All, clock.GetTimestamp());
    }

    void Learn(ServiceModel service, InstanceState instance, in ProxyOutcome outcome)
    {
        if (outcome.IsUnsent)
        {
            instance.Evict(Until(service));
        }
        else if (outcome.IsFailure)
        {
            instance.Failed(service.Config.Eviction.Failures, Until(service));
        }
        else if (outcome.IsGood is true)
        {
            instance.Succeeded();
        }
    }

    long Until(ServiceModel service) => clock.GetTimestamp() + (service.Config.Eviction.For * clock.TimestampFrequency / 1_000);

    /// <summary>Whether the method may be repeated (RFC 9110, 9.2.2) and no body would be missing the second time.</summary>
    static bool MayRepeat(HttpContext context)
    {
        var method = context.Request.Method;
        return (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
                || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method) || HttpMethods.IsTrace(method))
            && !HasBody(context);
    }

    static bool HasBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody
        ?? (context.Request.ContentLength is not (null or 0) || context.Request.Headers.TransferEncoding.Count > 0);

    static void Limit(HttpContext context, ServiceModel service)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = service.Config.Backend.MaxRequestBytes;
        }
    }

    /// <summary>The first try left its marks on an answer that was never begun.</summary>
    static void StartAnew(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Features.Set<IForwarderErrorFeature>(null);
    }
}
