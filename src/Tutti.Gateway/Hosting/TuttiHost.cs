using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Batch;
using Tutti.Gateway.Caching;
using Tutti.Gateway.Caching.Invalidating;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Edge;
using Tutti.Gateway.Hosting.Fields;
using Tutti.Gateway.Hosting.Limits;
using Tutti.Gateway.Locator;
using Tutti.Gateway.Locator.Doors;
using Tutti.Gateway.Proxy;
using Tutti.Gateway.ProxyCache;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Hosting;

/// <summary>Puts the gateway together: configuration, services, listeners, doors.</summary>
public static class TuttiHost
{
    /// <summary>Builds the gateway from <c>appsettings.json</c>, the environment and the command line.</summary>
    /// <param name="args">Settings as <c>--Tutti:Section:Key=value</c>.</param>
    /// <exception cref="ConfigurationException">The configuration has faults; it names all of them.</exception>
    public static WebApplication Create(params string[] args) => Create(TimeProvider.System, args);

    /// <summary>The same by another clock.</summary>
    internal static WebApplication Create(TimeProvider clock, params string[] args)
    {
        // Without it a gzip or brotli body that was cut off decodes to less text and no error.
        AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);
        // A line ends with CR and LF: a reader that takes a lone LF for its end may see another request than one that does not.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Configuration.AddDefaultLevels();
        var faults = ConfigurationCheck.Run(builder.Configuration, out var unknown);
        if (faults.Count > 0)
        {
            throw new ConfigurationException([.. faults, .. unknown.Select(key => $"{key}: unknown key, nothing reads it")]);
        }

        builder.Services.AddSingleton(clock);
        builder.AddTutti();
        var app = builder.Build();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Tutti");
        unknown.ForEach(log.UnknownKey);
        app.UseTutti();
        return app;
    }

    static void AddTutti(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddTuttiSections(builder.Configuration)
            .AddTelemetry()
            .AddRegistry()
            .AddCalls()
            .AddLocator()
            .AddEdge()
            .AddResilience()
            .AddCaching()
            .AddAggregation()
            .AddBatch()
            .AddProxy()
            .AddProxyCache()
            .AddHosting(builder.Configuration)
            .AddTuttiOpenTelemetry(builder.Configuration);
        builder.Logging.AddTuttiLogging();
        builder.WebHost.ConfigureKestrel(Listen);
        builder.Services.TurnRequests(static features => features.Get<Listener>() is not { IsManagement: true });
        builder.Services.AddOptions<SocketTransportOptions>().Configure<TrafficOptions>((sockets, traffic) =>
            sockets.UnsafePreferInlineScheduling = traffic.InlineScheduling);
    }

    static void UseTutti(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseStoppingConnections();
        app.UseEdge(IsTraffic);
        app.UsePurge(IsTraffic);
        app.UseRouting();
        app.UseProxy(IsTraffic);
        app.UseTurnedAway();
        app.MapOn(traffic: true, management: false).MapAggregation().MapInvalidation().MapBatch().MapLocator();
        app.MapOn(traffic: true, management: true).MapHealth().MapStatus();
        app.MapOn(traffic: false, management: true).MapManagement();
    }

    static bool IsTraffic(HttpContext context) => context.Features.Get<Listener>() is not { IsManagement: true };

    static RouteGroupBuilder MapOn(this IEndpointRouteBuilder routes, bool traffic, bool management)
    {
        var group = routes.MapGroup("");
        group.WithMetadata(new ListenerMetadata(traffic, management));
        return group;
    }

    static void Listen(WebHostBuilderContext context, KestrelServerOptions kestrel)
    {
        var traffic = Section<TrafficOptions>(context.Configuration, "Traffic");
        var management = Section<ManagementOptions>(context.Configuration, "Management");
        var limits = Section<LimitOptions>(context.Configuration, "Limits");
        var registry = Section<RegistryOptions>(context.Configuration, "Registry");
        var aggregates = Section<AggregationOptions>(context.Configuration, "Aggregates");
        var batches = Section<BatchOptions>(context.Configuration, "Batch");
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = RequestFields.ReaderOf;
        limits.ApplyTo(kestrel.Limits);
        var perAddress = limits.MaxConnectionsPerAddress > 0 ? new AddressLimit(limits.MaxConnectionsPerAddress) : null;
        kestrel.Limits.MaxConcurrentConnections = traffic.MaxConnections;
        kestrel.Limits.MaxRequestBodySize = Math.Max(registry.MaxImportBytes, Math.Max(aggregates.MaxRequestBytes, batches.MaxRequestBytes)) + 1;
        Bind(traffic.Url, Listener.Traffic, HttpProtocols.Http1);
        Bind(management.Url, Listener.Management, HttpProtocols.Http1);
        Bind(traffic.Http2Url, Listener.Traffic, HttpProtocols.Http2);

        void Bind(string urls, Listener listener, HttpProtocols protocols)
        {
            foreach (var text in urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
            {
                ListenUrl.Parse(text).Bind(kestrel, options =>
                {
                    options.Protocols = protocols;
                    if (perAddress is not null)
                    {
                        options.Use(perAddress.Over);
                    }

                    options.Use(next => connection =>
                    {
                        connection.Features.Set(listener);
                        return next(connection);
                    });
                });
            }
        }
    }

    static TOptions Section<TOptions>(IConfiguration configuration, string name)
        where TOptions : new() => configuration.GetSection($"Tutti:{name}").Get<TOptions>() ?? new TOptions();

    static void UseTrustedProxies(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<TrafficOptions>().TrustedProxies;
        if (proxies.Length == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var text in proxies)
        {
            options.KnownIPNetworks.Add(NetworksAttribute.Parse(text));
        }

        app.Use(next => context =>
        {
            if (context.Connection.RemoteIpAddress is { } remote && CallerAddress.Plain(remote) is var peer && options.KnownIPNetworks.Any(network => network.Contains(peer)))
            {
                context.Features.Set(ForwardedFields.Read(peer, context.Request.Headers));
            }

            return next(context);
        });
        app.UseForwardedHeaders(options);
    }

    /// <summary>While the node stops, each answer tells its connection to end, so that clients open the next one elsewhere.</summary>
    static void UseStoppingConnections(this WebApplication app)
    {
        var readiness = app.Services.GetRequiredService<Readiness>();
        app.Use(next => context =>
        {
            if (readiness.IsStopping && HttpProtocol.IsHttp11(context.Request.Protocol))
            {
                context.Response.Headers.Connection = "close";
            }

            return next(context);
        });
    }
}
