using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tutti.Gateway.Batch;
using Tutti.Gateway.Proxy.Counting;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Hosting;

/// <summary>
/// Exports traces and metrics by OTLP where the standard variables ask for it. A signal that nobody asked for costs nothing: nobody
/// listens to it.
/// </summary>
internal static class OpenTelemetryServices
{
    public static IServiceCollection AddTuttiOpenTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<DistributedContextPropagator>(new TracePropagator(DistributedContextPropagator.Current));
        var traces = IsWanted(configuration, "TRACES");
        var metrics = IsWanted(configuration, "METRICS");
        if (!traces && !metrics)
        {
            return services;
        }

        services.AddSingleton<PartInstruments>();
        services.AddSingleton<ResilienceInstruments>();
        services.AddSingleton<ProxyInstruments>();
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                configuration["OTEL_SERVICE_NAME"] ?? "tutti", serviceVersion: typeof(TuttiHost).Assembly.GetName().Version?.ToString(3)));
        if (traces)
        {
            telemetry.WithTracing(tracing => tracing
                .AddSource(TuttiTracing.Name, BatchServices.ActivitySource)
                .AddAspNetCoreInstrumentation(options => options.Filter = IsTraffic)
                .AddOtlpExporter(options => Apply(configuration, "TRACES", options)));
        }

        if (metrics)
        {
            telemetry.WithMetrics(meters => meters
                .AddMeter(TuttiMetrics.Name)
                // What a request belongs to is no series of its own, but stands in the exemplars.
                .AddView(TuttiMetrics.Aggregates, new MetricStreamConfiguration { TagKeys = [TuttiMetrics.StatusTag] })
                .SetExemplarFilter(ExemplarFilterType.AlwaysOn)
                .AddAspNetCoreInstrumentation()
                .AddInstrumentation(provider => provider.GetRequiredService<PartInstruments>())
                .AddInstrumentation(provider => provider.GetRequiredService<ResilienceInstruments>())
                .AddInstrumentation(provider => provider.GetRequiredService<ProxyInstruments>())
                .AddOtlpExporter(options => Apply(configuration, "METRICS", options)));
        }

        return services;
    }

    /// <summary>Whether a signal is exported: told by its exporter, else by an endpoint for it or for all.</summary>
    public static bool IsWanted(IConfiguration configuration, string signal) =>
        !string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase)
        && configuration[$"OTEL_{signal}_EXPORTER"] switch
        {
            { Length: > 0 } exporter => exporter.Split(',', StringSplitOptions.TrimEntries).Contains("otlp", StringComparer.OrdinalIgnoreCase),
            _ => !string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])
                || !string.IsNullOrEmpty(configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"]),
        };

    /// <summary>The exporter itself reads the variables for all signals; those for one signal, which win, it leaves to its caller.</summary>
    static void Apply(IConfiguration configuration, string signal, OtlpExporterOptions options)
    {
        var prefix = $"OTEL_EXPORTER_OTLP_{signal}_";
        if (configuration[$"{prefix}PROTOCOL"] is { Length: > 0 } protocol)
        {
            options.Protocol = protocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        }

        if (Uri.TryCreate(configuration[$"{prefix}ENDPOINT"], UriKind.Absolute, out var endpoint))
        {
            options.Endpoint = endpoint;
        }

        if (configuration[$"{prefix}HEADERS"] is { Length: > 0 } headers)
        {
            options.Headers = headers;
        }
    }

    /// <summary>Probes are not worth a trace.</summary>
    static bool IsTraffic(HttpContext context) =>
        context.Features.Get<Listener>() is { IsManagement: false }
        && !context.Request.Path.StartsWithSegments("/livez")
        && !context.Request.Path.StartsWithSegments("/readyz")
        && !context.Request.Path.StartsWithSegments("/system");
}
