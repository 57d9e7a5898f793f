using Tutti.Gateway.Locator.Doors;
using Tutti.Gateway.Proxy.Counting;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Services.Routing;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Proxy;

/// <summary>Takes a request to an instance of its service: route, circuit, pool, instance, forwarder.</summary>
internal sealed class ServiceProxy(PartRegistry registry, ProxyStates states, ProxySender sender, ProxyCounter counter, TimeProvider clock)
{
    /// <summary>The way that a request takes; null if there is none.</summary>
    public RouteModel? Find(HttpContext context)
    {
        var request = context.Request;
        var routes = registry.Current.Services.Routes;
        return routes.Find(request.Path.Value ?? "", routes.AsksHost ? request.Host.Host : "", request.Method);
    }

    /// <param name="tap">Who stands between; null for nobody.</param>
    public async Task HandleAsync(HttpContext context, RouteModel route, ProxyTap? tap = null)
    {
        var (state, began) = (states.Of(route.Service), counter.Now);
        try
        {
            await PassAsync(context, route, state, tap);
        }
        finally
        {
            counter.Ended(context, state, began);
        }
    }

    async ValueTask PassAsync(HttpContext context, RouteModel route, ProxyState state, ProxyTap? tap)
    {
        var target = RawTarget.Of(context);
        if (Refusal(context, route, target) is { } refusal)
        {
            await refusal.TellAsync(context, tap);
            return;
        }

        if (!state.Circuit.TryEnter(out var isTrial))
        {
            await ProxyProblem.CircuitOpen(route.Service.Name, state.Circuit.Rules.Break).TellAsync(context, tap);
            return;
        }

        bool? isGood = null;
        try
        {
            isGood = await EnterAsync(context, route, target, state, tap);
        }
        finally
        {
            Report(state.Circuit, isGood, isTrial);
        }
    }

    static ProxyProblem? Refusal(HttpContext context, RouteModel route, in RawTarget target) =>
        target.HasDotSegments() ? ProxyProblem.DotSegments(route.Service.Name)
        : LoopMark.IsLoop(context.Request.Headers) ? ProxyProblem.Loop(route.Service.Name)
        : null;

    async ValueTask<bool?> EnterAsync(HttpContext context, RouteModel route, RawTarget target, ProxyState state, ProxyTap? tap)
    {
        if (!state.Pool.TryEnter() && !await WaitAsync(state.Pool, context.RequestAborted))
        {
            await ProxyProblem.PoolFull(route.Service.Name).TellAsync(context, tap);
            return context.RequestAborted.IsCancellationRequested ? null : false;
        }

        try
        {
            return await sender.SendAsync(context, route, target, state, tap);
        }
        finally
        {
            state.Pool.Leave();
        }
    }

    static async ValueTask<bool> WaitAsync(PartPool pool, CancellationToken ct)
    {
        try
        {
            return await pool.EnterAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <param name="isGood">Null if nothing was learnt of the service, as when the caller left.</param>
    void Report(PartCircuit circuit, bool? isGood, bool isTrial)
    {
        if (isGood is { } known)
        {
            circuit.Report(known, isTrial, clock.GetTimestamp());
        }
        else if (isTrial)
        {
            circuit.GiveTrialBack();
        }
    }
}
