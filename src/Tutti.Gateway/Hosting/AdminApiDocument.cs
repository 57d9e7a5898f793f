using Scalar.AspNetCore;
using Tutti.Gateway.Registry.Admin;

namespace Tutti.Gateway.Hosting;

/// <summary>The OpenAPI document of the admin API, and the page that shows it. The page loads nothing from elsewhere.</summary>
internal static class AdminApiDocument
{
    const string Name = "admin";

    public static IServiceCollection AddAdminApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = endpoint => $"/{endpoint.RelativePath}".StartsWith($"{RegistryEndpoints.Root}/", StringComparison.Ordinal);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Tutti admin API";
            document.Info.Description = "Changes the registry and looks at circuits and pools while the gateway runs.";
            return Task.CompletedTask;
        });
    });

    public static IEndpointRouteBuilder MapAdminApiDocument(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json");
        routes.MapScalarApiReference("/scalar", options => options
            .WithTitle("Tutti admin API")
            .AddDocument(Name)
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideDeveloperTools()
            .HideClientButton());
        return routes;
    }
}
