using Microsoft.AspNetCore.Http.Features;
using Tutti.Gateway.Locator.Doors;

namespace Tutti.Gateway.ProxyCache.Fetching;

/// <summary>Copies a request so that it can go to its service while its client already has an answer.</summary>
internal static class DetachedContext
{
    public static HttpContext Of(HttpContext client)
    {
        var from = client.Features.GetRequiredFeature<IHttpRequestFeature>();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Protocol = from.Protocol,
            Scheme = from.Scheme,
            Method = HttpMethods.Get,
            PathBase = from.PathBase,
            Path = from.Path,
            QueryString = from.QueryString,
            RawTarget = from.RawTarget,
            Headers = new HeaderDictionary(from.Headers.ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase)),
        });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature
        {
            RemoteIpAddress = client.Connection.RemoteIpAddress,
            LocalIpAddress = client.Connection.LocalIpAddress,
        });
        if (client.Features.Get<TrustedForwarding>() is { } trusted)
        {
            features.Set(trusted);
        }

        return new DefaultHttpContext(features);
    }
}
