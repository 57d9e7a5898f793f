using Tutti.Batching;

namespace Tutti.Gateway.Edge.Answers;

/// <summary>Puts compression on the way of those answers whose client asked for it.</summary>
internal static class AnswerCodingSteps
{
    public static void UseAnswerCoding(this IApplicationBuilder app, Func<HttpContext, bool> isTraffic)
    {
        if (!app.ApplicationServices.GetRequiredService<AnswerOptions>().Compress)
        {
            return;
        }

        var coding = app.ApplicationServices.GetRequiredService<AnswerCoding>();
        app.Use(next =>
        {
            var branch = app.New();
            branch.UseResponseCompression();
            branch.Run(next);
            var compressing = branch.Build();
            return context => isTraffic(context) && context.Features.Get<IBatchedRequestFeature>() is null
                ? HandleAsync(context, coding, next, compressing)
                : next(context);
        });
    }

    static Task HandleAsync(HttpContext context, AnswerCoding coding, RequestDelegate next, RequestDelegate compressing)
    {
        var isAsked = context.Request.Headers.AcceptEncoding.Count > 0;
        if (isAsked && !HttpMethods.IsHead(context.Request.Method))
        {
            return compressing(context);
        }

        context.Response.OnStarting(() => isAsked ? coding.AnnounceHeadAsync(context) : coding.AnnounceAsync(context));
        return next(context);
    }
}
