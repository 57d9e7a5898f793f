using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>A problem that passes: the client is told to try again in a second.</summary>
internal sealed class RetrySoon(ProblemHttpResult problem) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = "1";
        return problem.ExecuteAsync(httpContext);
    }
}
