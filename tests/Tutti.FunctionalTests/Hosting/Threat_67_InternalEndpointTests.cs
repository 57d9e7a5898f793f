using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tutti.Gateway.Hosting;

namespace Tutti.FunctionalTests.Hosting;

/// <summary>Internal endpoints do not exist for those who come by the traffic listener.</summary>
public sealed class Threat_67_InternalEndpointTests
{
    [Fact]
    public async Task Threat_67_No_endpoint_of_the_management_listener_answers_on_the_traffic_listener()
    {
        await using var node = await Node.StartAsync();
        RouteEndpoint[] endpoints = [.. node.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
        RouteEndpoint[] hidden = [.. endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<ListenerMetadata>() is not { OnTraffic: true })];
        string[] open = [.. endpoints.Except(hidden).Select(endpoint => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}").Distinct()];

        foreach (var endpoint in hidden)
        {
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), PathOf(endpoint));
                using var answer = await node.Traffic.SendAsync(request, TestContext.Current.CancellationToken);
                ((int)answer.StatusCode).ShouldBe(404, $"{method} {endpoint.RoutePattern.RawText}");
            }
        }

        string[] names = [.. hidden.Select(endpoint => PathOf(endpoint))];
        string[] secret = ["/metrics", "/hystrix.stream", "/system/config", "/openapi/x.json", "/admin/api/parts/", "/admin/api/circuits/"];
        secret.ShouldBeSubsetOf(names);
        open.ShouldNotContain(path => path.StartsWith("/admin", StringComparison.Ordinal));
    }

    static string PathOf(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(
        segment.Parts.Select(part => part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart ? "x"
            : part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content
            : ((Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart)part).Content))))
        + (endpoint.RoutePattern.RawText!.Length > 1 && endpoint.RoutePattern.RawText.EndsWith('/') ? "/" : "");
}
