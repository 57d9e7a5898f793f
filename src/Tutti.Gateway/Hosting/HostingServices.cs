using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
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
        services.AddSystemEndpoints();
        services.AddAdminApiDocument();
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, RegistryFollowers>());
        services.AddHostedService<Drain>();
        services.AddHostedService<WarmUp>();
        services.AddOptions<HostOptions>().Configure<ShutdownOptions>((host, shutdown) =>
            host.ShutdownTimeout = TimeSpan.FromMilliseconds(shutdown.ReadinessDelayMs + shutdown.DrainMs));
        return services;
    }

    public static ILoggingBuilder AddTuttiLogging(this ILoggingBuilder logging)
    {
        // The host's own line per request would make a scope and an activity for each; traces are the place for that.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // What keeps the host from starting reaches the command line as an exception, which tells it in one line.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        return Console.IsOutputRedirected
            ? logging.AddJsonConsole(options => options.TimestampFormat = "O")
            : logging
                .AddConsole(options => options.FormatterName = PlainConsoleFormatter.Key)
                .AddConsoleFormatter<PlainConsoleFormatter, ConsoleFormatterOptions>();
    }
}
