using Microsoft.AspNetCore.Mvc;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Aggregation.OnePart;

/// <summary>Failures of the door of one part, as problem details (RFC 9457).</summary>
internal static class PartProblem
{
    public static Task WriteAsync(HttpContext context, PartOutcome failure)
    {
        var (status, title) = Of(failure.Failure!.Value);
        if (status == 503)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        return WriteAsync(context, status, title, failure.Message!);
    }

    public static Task WriteAsync(HttpContext context, int status, string title, string detail) =>
        TypedResults.Problem(new ProblemDetails { Status = status, Title = title, Detail = detail, Instance = context.Request.Path }).ExecuteAsync(context);

    static (int Status, string Title) Of(PartFailure failure) => failure switch
    {
        PartFailure.UnknownPart => (404, "Unknown part"),
        PartFailure.MissingParams => (400, "Missing parameters"),
        PartFailure.UnusableParam => (400, "Unusable parameter"),
        PartFailure.Disabled => (503, "Part disabled"),
        PartFailure.CircuitOpen => (503, "Circuit open"),
        PartFailure.PoolFull => (503, "Pool full"),
        PartFailure.TimedOut or PartFailure.OutOfTime or PartFailure.Silent => (504, "Timed out"),
        PartFailure.Unreachable => (502, "Backend unreachable"),
        PartFailure.BrokenAnswer => (502, "Broken answer"),
        PartFailure.TooLarge => (502, "Answer too large"),
        PartFailure.Undecodable => (502, "Answer undecodable"),
        PartFailure.CallerLeft => (499, "Caller left"),
    };
}
