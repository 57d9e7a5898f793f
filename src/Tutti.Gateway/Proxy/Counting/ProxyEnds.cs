namespace Tutti.Gateway.Proxy.Counting;

/// <summary>Tells how a request ended, and the names of the ends in metrics.</summary>
internal static class ProxyEnds
{
    public static ProxyEnd Of(HttpContext context) =>
        context.Features.Get<ProxyProblem>() is { } problem ? problem.End
        : context.RequestAborted.IsCancellationRequested ? ProxyEnd.Abandoned
        : context.Response.StatusCode >= StatusCodes.Status500InternalServerError ? ProxyEnd.ServerError
        : ProxyEnd.Success;

    public static string NameOf(ProxyEnd end) => end switch
    {
        ProxyEnd.Success => "success",
        ProxyEnd.ServerError => "server_error",
        ProxyEnd.Failure => "failure",
        ProxyEnd.Timeout => "timeout",
        ProxyEnd.CircuitOpen => "circuit_open",
        ProxyEnd.PoolFull => "pool_full",
        ProxyEnd.NoInstance => "no_instance",
        ProxyEnd.BadRequest => "bad_request",
        ProxyEnd.Abandoned => "abandoned",
    };
}
