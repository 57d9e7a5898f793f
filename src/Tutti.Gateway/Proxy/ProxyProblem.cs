using System.Globalization;
using Tutti.Gateway.Proxy.Counting;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Proxy;

/// <summary>Why a proxied request has no answer of its service, as problem details (RFC 9457) that name the service.</summary>
internal sealed record ProxyProblem(string Service, ProxyEnd End, int Status, string Title, string Detail, TimeSpan? RetryAfter = null)
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public static ProxyProblem NoInstance(string service) =>
        new(service, ProxyEnd.NoInstance, 503, "No instance", $"The service '{service}' has no instance that is in.", Soon);

    public static ProxyProblem CircuitOpen(string service, TimeSpan pause) =>
        new(service, ProxyEnd.CircuitOpen, 503, "Circuit open", $"The circuit of service '{service}' is open.", pause > Soon ? pause : Soon);

    public static ProxyProblem PoolFull(string service) =>
        new(service, ProxyEnd.PoolFull, 503, "Too busy", $"The pool of service '{service}' is full.", Soon);

    public static ProxyProblem Answered(string service, int status) =>
        new(service, ProxyEnd.ServerError, status, "Not now", $"Every instance of service '{service}' that was asked answered {status}.", Soon);

    public static ProxyProblem Unreachable(string service, string why) =>
        new(service, ProxyEnd.Failure, 502, "Unreachable", $"An instance of service '{service}' cannot be reached: {why}.");

    public static ProxyProblem Broken(string service) =>
        new(service, ProxyEnd.Failure, 502, "Broken answer", $"An instance of service '{service}' broke off before its answer.");

    public static ProxyProblem ConnectTimeout(ServiceModel service) =>
        new(service.Name, ProxyEnd.Timeout, 504, "Timed out", $"No connection to an instance of service '{service.Name}' within {service.Config.Timeouts.Connect} ms.");

    public static ProxyProblem Late(ServiceModel service) =>
        new(service.Name, ProxyEnd.Timeout, 504, "Timed out", $"An instance of service '{service.Name}' did not begin its answer within {service.Config.Timeouts.Answer} ms.");

    public static ProxyProblem Silent(ServiceModel service) =>
        new(service.Name, ProxyEnd.Timeout, 504, "Timed out", $"An instance of service '{service.Name}' was silent for {service.Config.Timeouts.Idle} ms.");

    public static ProxyProblem BadBody(string service, int status) =>
        new(service, ProxyEnd.BadRequest, status, "Bad request", status == 413 ? $"The body is larger than service '{service}' takes." : "The body cannot be read.");

    public static ProxyProblem Unsendable(string service) =>
        new(service, ProxyEnd.BadRequest, 400, "Bad request", $"The request cannot be sent to service '{service}' as it is.");

    public static ProxyProblem DotSegments(string service) =>
        new(service, ProxyEnd.BadRequest, 400, "Bad request", "The path must not hold '.' or '..' segments.");

    public static ProxyProblem Loop(string service) =>
        new(service, ProxyEnd.BadRequest, 508, "Loop detected", $"Requests for service '{service}' come back to this gateway.");

    /// <summary>Tells the client, unless the tap takes it.</summary>
    public Task TellAsync(HttpContext context, ProxyTap? tap)
    {
        context.Features.Set(this);
        return tap?.Takes(this) is true ? Task.CompletedTask : WriteAsync(context);
    }

    public Task WriteAsync(HttpContext context)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }

        if (RetryAfter is { } pause)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Problem(Detail, statusCode: Status, title: Title, extensions: [new("service", Service)]).ExecuteAsync(context);
    }
}
