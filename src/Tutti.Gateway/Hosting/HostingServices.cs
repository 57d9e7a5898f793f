using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using Tutti.Gateway.Hosting.Bundles;
using Tutti.Gateway.Hosting.Logging;

namespace Tutti.Gateway.Hosting;

/// <summary>Registers what runs the gateway as a process.</summary>
internal static class HostingServices
{
    public static IServiceCollection AddHosting(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, ListenerPolicy>());
        services.AddSingleton<Readiness>();
        services.AddSingleton<EnvironmentEndpoint>();
        services.AddSystemEndpoints();
        services.AddAdminApiDocument();
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, RegistryFollowers>());
        services.AddHostedService<Drain>();
        services.AddHostedService<WarmUp>();
        services.AddOptions<HostOptions>().Configure<ShutdownOptions>((host, shutdown) =>
            host.ShutdownTimeout = TimeSpan.FromMilliseconds(shutdown.ReadinessDelayMs + shutdown.DrainMs));
        return services;
    }

    /// <summary>Levels below everything that the operator sets: the first source is the weakest.</summary>
    public static void AddDefaultLevels(this IConfigurationBuilder configuration) => configuration.Sources.Insert(0, new MemoryConfigurationSource
    {
        InitialData = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
            // A line per proxied request and one per failure; the client is told, and metrics count.
            ["Logging:LogLevel:Yarp"] = "Error",
            // The host's own line per request would make a scope and an activity for each; traces are the place for that.
            ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "None",
            // What keeps the host from starting reaches the command line as an exception, which tells it in one line.
            ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
        },
    });

    public static ILoggingBuilder AddTuttiLogging(this ILoggingBuilder logging)
    {
        return Console.IsOutputRedirected
            ? logging.AddJsonConsole(options =>
            {
                options.TimestampFormat = "O";
                options.IncludeScopes = true;
            })
            : logging
                .AddConsole(options => options.FormatterName = PlainConsoleFormatter.Key)
                .AddConsoleFormatter<PlainConsoleFormatter, ConsoleFormatterOptions>();
    }
}
