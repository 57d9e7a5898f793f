using Tutti.Gateway.Edge.Answers;
using Tutti.Gateway.Locator.Doors;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Registry.Services.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace Tutti.Gateway.Proxy;

/// <summary>One try of one request: what goes to the instance, and what comes back to the client.</summary>
/// <param name="isLast">Whether the answer goes to the client, whatever it is.</param>
/// <param name="hidden">The fields that are no client's business.</param>
/// <param name="tap">Who stands between instance and client; null for nobody.</param>
internal sealed class ProxyRequest(
    RouteModel route, RawTarget target, InstanceModel instance, AnswerTimer timer, bool isLast, FrameworkFields hidden, ProxyTap? tap) : HttpTransformer
{
    static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public ServiceModel Service => route.Service;

    /// <summary>The status of the instance's answer; 0 if there was none.</summary>
    public int Status { get; private set; }

    /// <summary>Whether the answer was not passed on, so that another instance may be asked.</summary>
    public bool IsWithheld { get; private set; }

    /// <summary>The statuses by which an instance says that it cannot answer at the moment (RFC 9110, 15.6).</summary>
    public static bool IsFailure(int status) => status is 502 or 503 or 504;

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var path = route.PathFor(target.Path, httpContext.Request.Path.Value ?? "");
        proxyRequest.RequestUri = new Uri($"{destinationPrefix}{path}{target.Query}", AsWritten);
        proxyRequest.Headers.Host = route.Service.Config.Backend.KeepHost ? httpContext.Request.Host.Value : null;
        HopFields.Remove(httpContext.Request.Headers.Connection, proxyRequest);
        ForwardingFields.Write(httpContext, proxyRequest.Headers, route.Stripped);
        ViaField.Add(httpContext.Request.Protocol, proxyRequest.Headers);
        TraceFields.Write(httpContext.Request.Headers, proxyRequest.Headers);
        tap?.Asks(proxyRequest);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        timer.Heard();
        if (proxyResponse is null)
        {
            return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        }

        Status = (int)proxyResponse.StatusCode;
        if (!isLast && IsFailure(Status))
        {
            IsWithheld = true;
            return false;
        }

        hidden.Remove(proxyResponse);
        if (tap is not null)
        {
            if (tap.Takes(proxyResponse))
            {
                return false;
            }

            await tap.SettleAsync();
        }

        await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        HopFields.Remove(proxyResponse, httpContext.Response.Headers);
        ViaField.Add(proxyResponse.Version, httpContext.Response.Headers);
        StickyCookie.Set(httpContext, route.Service, instance);
        tap?.Passes(proxyResponse, httpContext.Response);
        return true;
    }
}
