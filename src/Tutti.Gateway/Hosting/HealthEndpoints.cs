namespace Tutti.Gateway.Hosting;

/// <summary>Health for orchestrators, on both listeners.</summary>
internal static class HealthEndpoints
{
    static readonly string[] Probing = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        var readiness = routes.ServiceProvider.GetRequiredService<Readiness>();
        routes.MapMethods("/livez", Probing, static context => context.Response.WriteAsync("ok"));
        routes.MapMethods("/readyz", Probing, context =>
        {
            var reason = readiness.NotReadyBecause;
            context.Response.StatusCode = reason is null ? 200 : 503;
            return context.Response.WriteAsync(reason ?? "ready");
        });
        return routes;
    }
}
