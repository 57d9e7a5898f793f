namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>Maps Octoparts' doors of invalidation, and the spellings that its own clients call.</summary>
internal static class InvalidationEndpoints
{
    const string Root = "/octoparts/2/cache/invalidate";

    public static IEndpointRouteBuilder MapInvalidation(this IEndpointRouteBuilder routes)
    {
        var door = routes.ServiceProvider.GetRequiredService<InvalidationDoor>();
        Map("/part/{partId}", door.PartAsync);
        Map("/part/{partId}/{paramName}/{paramValue}", door.ParamValueAsync);
        foreach (var group in (string[])["cache-group", "cacheGroup"])
        {
            Map($"/{group}/{{name}}", door.GroupAsync);
            Map($"/{group}/{{name}}/parts", door.GroupAsync);
            Map($"/{group}/{{name}}/params/{{paramValue}}", door.GroupValueAsync);
        }

        return routes;

        void Map(string path, RequestDelegate handle)
        {
            routes.MapPost(Root + path, handle);
            routes.Map(Root + path, InvalidationDoor.MethodNotAllowed);
        }
    }
}
