using Microsoft.AspNetCore.Hosting;

namespace Tutti.Batching.Dispatch;

/// <summary>The whole pipeline of the app, from its first middleware on, as the server calls it.</summary>
internal sealed class AppPipeline : IStartupFilter
{
    RequestDelegate? _whole;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(whole =>
        {
            _whole = whole;
            return context => whole(Noted(context));
        });
        next(app);
    };

    public Task RunAsync(HttpContext context) =>
        _whole?.Invoke(context) ?? throw new InvalidOperationException("The app has not started by way of its web host, so that its pipeline is unknown to batching");

    /// <summary>Notes a prefix that the server took off the path: later it looks as one that the app took off.</summary>
    static HttpContext Noted(HttpContext context)
    {
        if (context.Request.PathBase.HasValue)
        {
            context.Features.Set(new ServerPathBase(context.Request.PathBase.Value));
        }

        return context;
    }
}
