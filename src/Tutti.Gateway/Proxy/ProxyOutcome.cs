using System.Net.Http;
using Tutti.Gateway.Calls.Connections;
using Tutti.Gateway.Registry.Services;
using Yarp.ReverseProxy.Forwarder;

namespace Tutti.Gateway.Proxy;

/// <summary>How one try ended.</summary>
/// <param name="Problem">What the client is told if there is no other try; null where the answer went to the client, or nobody waits for one.</param>
/// <param name="IsGood">Whether it speaks for the service; null if nothing was learnt.</param>
/// <param name="IsFailure">Whether it speaks against the instance.</param>
/// <param name="IsUnsent">Whether there was no connection, so that nothing was sent.</param>
internal readonly record struct ProxyOutcome(ProxyProblem? Problem, bool? IsGood, bool IsFailure = false, bool IsUnsent = false)
{
    /// <summary>Whether nothing is left to be done.</summary>
    public bool IsDone => Problem is null;

    public static ProxyOutcome Of(HttpContext context, ForwarderError error, ProxyRequest request, ServiceModel service, bool isLate)
    {
        if (error is ForwarderError.None)
        {
            return OfAnswer(request, service);
        }

        if (context.RequestAborted.IsCancellationRequested)
        {
            return new ProxyOutcome(null, null);
        }

        var exception = context.Features.Get<IForwarderErrorFeature>()?.Exception;
        return error switch
        {
            ForwarderError.RequestBodyClient => OfClient(service, exception),
            _ when isLate => new ProxyOutcome(ProxyProblem.Late(service), false, IsFailure: true),
            ForwarderError.RequestTimedOut when IsConnectTimeout(exception) => new ProxyOutcome(ProxyProblem.ConnectTimeout(service), false, IsUnsent: true),
            ForwarderError.RequestTimedOut => new ProxyOutcome(ProxyProblem.Silent(service), false, IsFailure: true),
            ForwarderError.RequestCreation => new ProxyOutcome(ProxyProblem.Unsendable(service.Name), null),
            ForwarderError.Request when IsConnectFailure(exception) => new ProxyOutcome(ProxyProblem.Unreachable(service.Name, Words(exception!)), false, IsUnsent: true),
            _ => new ProxyOutcome(ProxyProblem.Broken(service.Name), false, IsFailure: true),
        };
    }

    static ProxyOutcome OfAnswer(ProxyRequest request, ServiceModel service) => request.IsWithheld
        ? new ProxyOutcome(ProxyProblem.Answered(service.Name, request.Status), true, IsFailure: true)
        : new ProxyOutcome(null, true, ProxyRequest.IsFailure(request.Status));

    static ProxyOutcome OfClient(ServiceModel service, Exception? exception) =>
        new(ProxyProblem.BadBody(service.Name, Refusal(exception)?.StatusCode ?? StatusCodes.Status400BadRequest), null);

    /// <summary>What the server said of the body; the forwarder wraps it.</summary>
    static BadHttpRequestException? Refusal(Exception? exception) => exception switch
    {
        null => null,
        BadHttpRequestException refusal => refusal,
        AggregateException all => all.InnerExceptions.Select(Refusal).FirstOrDefault(found => found is not null),
        _ => Refusal(exception.InnerException),
    };

    static bool IsConnectTimeout(Exception? exception) => exception is OperationCanceledException { InnerException: TimeoutException };

    static bool IsConnectFailure(Exception? exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    static string Words(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is AddressRefusedException refused)
            {
                return refused.Message;
            }
        }

        return (exception as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "its host is unknown",
            HttpRequestError.SecureConnectionError => "TLS failed",
            _ => "the connection was refused",
        };
    }
}
