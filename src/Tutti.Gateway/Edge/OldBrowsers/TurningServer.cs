using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Tutti.Gateway.Edge.OldBrowsers;

/// <summary>
/// The server, with a hand on each request before the host sees it: the host logs and traces the query before the first middleware runs.
/// </summary>
/// <param name="isTraffic">Whether a request came in where clients connect.</param>
internal sealed class TurningServer(IServer inner, QueryTurner turner, Func<IFeatureCollection, bool> isTraffic) : IServer
{
    public IFeatureCollection Features => inner.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => inner.StartAsync(new Turning<TContext>(application, turner, isTraffic), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

    public void Dispose() => inner.Dispose();

    sealed class Turning<TContext>(IHttpApplication<TContext> inner, QueryTurner turner, Func<IFeatureCollection, bool> isTraffic) : IHttpApplication<TContext>
        where TContext : notnull
    {
        public TContext CreateContext(IFeatureCollection contextFeatures)
        {
            if (isTraffic(contextFeatures))
            {
                turner.Turn(contextFeatures);
            }

            return inner.CreateContext(contextFeatures);
        }

        public Task ProcessRequestAsync(TContext context) => inner.ProcessRequestAsync(context);

        public void DisposeContext(TContext context, Exception? exception) => inner.DisposeContext(context, exception);
    }
}
