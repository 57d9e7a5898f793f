using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Tutti.Batching.Tests.Hosts;

/// <summary>A server that takes a prefix off paths before the app sees them, as IIS and HTTP.sys do for an app below a folder.</summary>
internal sealed class PrefixServer(IServer inner, string prefix) : IServer
{
    public IFeatureCollection Features => inner.Features;

    /// <summary>Puts it in front of the server of an app.</summary>
    public static void Add(IServiceCollection services, string prefix)
    {
        var server = services.Last(service => service.ServiceType == typeof(IServer));
        services.AddSingleton<IServer>(provider => new PrefixServer((IServer)ActivatorUtilities.CreateInstance(provider, server.ImplementationType!), prefix));
    }

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => inner.StartAsync(new Application<TContext>(application, prefix), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

    public void Dispose() => inner.Dispose();

    sealed class Application<TContext>(IHttpApplication<TContext> inner, string prefix) : IHttpApplication<TContext>
        where TContext : notnull
    {
        public TContext CreateContext(IFeatureCollection contextFeatures)
        {
            var request = contextFeatures.GetRequiredFeature<IHttpRequestFeature>();
            if (request.Path.StartsWith($"{prefix}/", StringComparison.OrdinalIgnoreCase))
            {
                (request.PathBase, request.Path) = (request.Path[..prefix.Length], request.Path[prefix.Length..]);
            }

            return inner.CreateContext(contextFeatures);
        }

        public Task ProcessRequestAsync(TContext context) => inner.ProcessRequestAsync(context);

        public void DisposeContext(TContext context, Exception? exception) => inner.DisposeContext(context, exception);
    }
}
