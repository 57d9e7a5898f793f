namespace Tutti.Gateway.Locator.Hosts;

/// <summary>The routes of service hosts.</summary>
internal static class ServiceHostsEndpoints
{
    const string Path = "/service-hosts/{name}";

    public static IEndpointRouteBuilder MapServiceHosts(this IEndpointRouteBuilder routes)
    {
        var hosts = routes.ServiceProvider.GetRequiredService<ServiceHostsDoor>();
        var events = routes.ServiceProvider.GetRequiredService<ServiceEvents>();
        routes.MapGet(Path, (string name) => hosts.ListTexts(name));
        routes.MapGet($"{Path}/{{host}}", (string name, string host) => hosts.FindText(name, host));
        routes.MapGet($"{Path}/events", (HttpContext context, string name) => events.TextsAsync(context, name));
        routes.MapGet($"/v2{Path}", (string name) => hosts.ListHosts(name));
        routes.MapGet($"/v2{Path}/{{host}}", (string name, string host) => hosts.FindHost(name, host));
        routes.MapGet($"/v2{Path}/events", (HttpContext context, string name) => events.HostsAsync(context, name));
        return routes;
    }
}
