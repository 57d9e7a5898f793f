using Microsoft.AspNetCore.Http.HttpResults;
using Tutti.Gateway.Registry.Admin;

namespace Tutti.Gateway.Locator.Status;

/// <summary>Why a signal or a heartbeat was not taken.</summary>
internal static class StatusProblems
{
    public static ProblemHttpResult Missing(string detail) => Problems.Missing(detail);

    public static ProblemHttpResult BadValue() =>
        TypedResults.Problem("Send ?isStarted=true, once; there is no other value.", statusCode: StatusCodes.Status400BadRequest, title: "Invalid");

    public static ProblemHttpResult KeyWanted(HttpContext context, string bundleId)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.Problem($"Only who has the key of bundle '{bundleId}' may speak for it.", statusCode: StatusCodes.Status401Unauthorized, title: "Key wanted");
    }

    public static RetrySoon Unavailable() => new(TypedResults.Problem(
        "The database cannot be written to at the moment. Nothing was taken; try again.",
        statusCode: StatusCodes.Status503ServiceUnavailable,
        title: "Database unavailable"));
}
