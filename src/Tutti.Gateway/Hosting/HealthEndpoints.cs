namespace Tutti.Gateway.Hosting;

/// <summary>Health for orchestrators, on both listeners.</summary>
internal static class HealthEndpoints
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        var readiness = routes.ServiceProvider.GetRequiredService<Readiness>();
        routes.MapGet("/livez", static context => context.Response.WriteAsync("ok"));
        routes.MapGet("/readyz", context =>
        {
            var reason = readiness.NotReadyBecause;
            context.Response.StatusCode = reason is null ? 200 : 503;
            return context.Response.WriteAsync(reason ?? "ready");
        });
        return routes;
    }
}
