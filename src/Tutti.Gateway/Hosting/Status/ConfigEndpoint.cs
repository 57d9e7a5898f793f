using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Tutti.Gateway.Hosting.Status;

/// <summary>Shows operators the configuration that this node runs with, secrets masked.</summary>
internal static class ConfigEndpoint
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task HandleAsync(HttpContext context)
    {
        var configuration = context.RequestServices.GetRequiredService<IConfiguration>();
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync(ConfigurationTree.Build(configuration, context.RequestServices).ToJsonString(Indented), context.RequestAborted);
    }
}
