using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.ResponseCompression;
using Tutti.Gateway.Edge.Answers;
using Tutti.Gateway.Edge.Json;
using Tutti.Gateway.Edge.OldBrowsers;

namespace Tutti.Gateway.Edge;

/// <summary>Registers what stands between the server and the doors.</summary>
internal static class EdgeServices
{
    public static IServiceCollection AddEdge(this IServiceCollection services) => services
        .AddSingleton<EdgeDoor>()
        .AddSingleton<HeldBudget>()
        .AddSingleton<JsonBodies>()
        .AddSingleton<CleanRequests>()
        .AddSingleton<OldBrowserList>()
        .AddSingleton<QueryTurner>()
        .AddSingleton<TurnedAway>()
        .AddSingleton<FrameworkFields>()
        .AddSingleton<AnswerCoding>()
        .AddSingleton<IResponseCompressionProvider>(static provider => provider.GetRequiredService<AnswerCoding>())
        .AddCors();

    /// <summary>Puts a hand on each request before the host sees it; the server must be registered by then.</summary>
    public static void TurnRequests(this IServiceCollection services, Func<IFeatureCollection, bool> isTraffic)
    {
        var server = services.Last(service => service.ServiceType == typeof(IServer));
        services.Remove(server);
        services.AddSingleton<IServer>(provider => new TurningServer(
            (IServer)ActivatorUtilities.CreateInstance(provider, server.ImplementationType!), provider.GetRequiredService<QueryTurner>(), isTraffic));
    }

    /// <summary>The steps for every request, in their order.</summary>
    public static void UseEdge(this IApplicationBuilder app, Func<HttpContext, bool> isTraffic)
    {
        var door = app.ApplicationServices.GetRequiredService<EdgeDoor>();
        app.UseCrossOrigin(isTraffic);
        app.UseAnswerCoding(isTraffic);
        app.Use(next => context => door.HandleAsync(context, next));
    }

    /// <summary>What is told to old browsers where nothing else answers.</summary>
    public static void UseTurnedAway(this IApplicationBuilder app)
    {
        var away = app.ApplicationServices.GetRequiredService<TurnedAway>();
        app.Use(next => context => away.HandleAsync(context, next));
    }
}
