using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Tutti.Gateway.Hosting.Status;

/// <summary>Says which build this is, under Octoparts' names.</summary>
internal static class BuildEndpoint
{
    static readonly byte[] Build = Describe();

    public static Task HandleAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.Body.WriteAsync(Build, context.RequestAborted).AsTask();
    }

    static byte[] Describe()
    {
        var assembly = typeof(BuildEndpoint).Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var plus = version.IndexOf('+', StringComparison.Ordinal);
        var time = BuiltAt(assembly);
        var build = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["version"] = plus < 0 ? version : version[..plus],
            ["dotnet_version"] = Environment.Version.ToString(),
            ["build_time_millis"] = time.ToUnixTimeMilliseconds(),
            ["build_time_pretty"] = time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["git_branch"] = "",
            ["git_tags"] = "",
            ["git_head"] = plus < 0 ? "" : version[(plus + 1)..],
        };
        return JsonSerializer.SerializeToUtf8Bytes(build);
    }

    /// <summary>A deterministic build carries no time of its own; that of its file is the nearest there is.</summary>
    static DateTimeOffset BuiltAt(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.dll");
        return new DateTimeOffset(File.GetLastWriteTimeUtc(File.Exists(file) ? file : Environment.ProcessPath!));
    }
}
