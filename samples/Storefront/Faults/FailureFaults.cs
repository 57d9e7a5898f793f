using Tutti.Samples.Storefront.Raw;

namespace Tutti.Samples.Storefront.Faults;

/// <summary>Answers that are late, failures or lead elsewhere.</summary>
public static class FailureFaults
{
    const int MaxDelay = 30_000;

    /// <summary>Makes the misbehaviours; the flaky one counts from zero.</summary>
    public static IReadOnlyList<HttpFault> Create()
    {
        var calls = 0;
        return
        [
            new("slow", "Answers after ?ms= milliseconds, 2,000 if absent.", AnswerLateAsync),
            new("flaky", "Answers 500 to every ?every=th call, the third if absent.", context =>
            {
                var fails = Interlocked.Increment(ref calls) % Math.Max(1, Number(context, "every", 3)) == 0;
                return fails ? FailAsync(context, 500, "It was this one's turn") : context.Response.WriteAsync("fine");
            }),
            new("error500", "Answers 500.", context => FailAsync(context, 500, "The warehouse is on fire")),
            new("unavailable503", "Answers 503 with Retry-After.", context =>
            {
                context.Response.Headers.RetryAfter = "30";
                return FailAsync(context, 503, "Closed for stocktaking");
            }),
            new("not-found404", "Answers 404.", context => FailAsync(context, 404, "No such thing")),
            new("redirect-loop", "Redirects to itself.", context => RedirectAsync(context, context.Request.Path)),
            new("redirect-internal", "Redirects to a page on another port that clients must not see.", context =>
                RedirectAsync(context, $"{Raw(context).Url}/raw/internal")),
            new("redirect-file", "Redirects to a file: address.", context => RedirectAsync(context, "file:///etc/hostname")),
            new("many-cookies", "Sets 1,000 cookies.", SetCookiesAsync),
        ];
    }

    static async Task AnswerLateAsync(HttpContext context)
    {
        await Task.Delay(Math.Clamp(Number(context, "ms", 2000), 0, MaxDelay), context.RequestAborted);
        await context.Response.WriteAsync("late");
    }

    static Task FailAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = message }, context.RequestAborted);
    }

    static Task RedirectAsync(HttpContext context, string location)
    {
        context.Response.Redirect(location);
        return Task.CompletedTask;
    }

    static Task SetCookiesAsync(HttpContext context)
    {
        context.Response.Headers.SetCookie = Enumerable.Range(0, 1000).Select(i => $"cookie{i}=value{i}; Path=/").ToArray();
        return context.Response.WriteAsync("crumbs");
    }

    static RawBackend Raw(HttpContext context) => context.RequestServices.GetRequiredService<RawListeners>().Raw;

    static int Number(HttpContext context, string name, int otherwise) =>
        int.TryParse(context.Request.Query[name], out var number) ? number : otherwise;
}
