using Microsoft.AspNetCore.Hosting;

namespace Tutti.Batching.Dispatch;

/// <summary>The whole pipeline of the app, from its first middleware on, as the server calls it.</summary>
internal sealed class AppPipeline : IStartupFilter
{
    RequestDelegate? _whole;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(whole => _whole = whole);
        next(app);
    };

    public Task RunAsync(HttpContext context) =>
        _whole?.Invoke(context) ?? throw new InvalidOperationException("The app has not started by way of its web host, so that its pipeline is unknown to batching");
}
