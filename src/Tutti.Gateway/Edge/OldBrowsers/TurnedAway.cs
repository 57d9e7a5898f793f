using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Edge.OldBrowsers;

/// <summary>Tells an old browser whose POST was turned into a method that no route allows which methods there are.</summary>
internal sealed class TurnedAway(PartRegistry registry)
{
    static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    public Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not null || context.Features.Get<TurnedRequest>() is not { } turned || turned.From == context.Request.Method)
        {
            return next(context);
        }

        var request = context.Request;
        string[] allowed = [.. Methods.Where(method => registry.Current.Services.Routes.Find(request.Path.Value ?? "", request.Host.Host, method) is not null)];
        if (allowed.Length == 0)
        {
            return next(context);
        }

        context.Response.Headers.Allow = string.Join(", ", allowed);
        return new ApiError(StatusCodes.Status405MethodNotAllowed, $"{request.Method} is not allowed here").WriteAsync(context);
    }
}
