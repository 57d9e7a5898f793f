using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tutti.Gateway.Registry.Editing;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>The admin API's answers to what cannot be done: RFC 9457, all faults at once.</summary>
internal static class Problems
{
    public static ProblemHttpResult Malformed(string detail) => Problem(StatusCodes.Status400BadRequest, "Malformed JSON", detail);

    public static ProblemHttpResult TooLarge(long limit) =>
        Problem(StatusCodes.Status413PayloadTooLarge, "Too large", $"The body must have at most {limit} bytes.");

    public static ProblemHttpResult Missing(string detail) => Problem(StatusCodes.Status404NotFound, "Not found", detail);

    public static ProblemHttpResult PreconditionRequired(string detail = Precondition.Wanted) =>
        Problem(StatusCodes.Status428PreconditionRequired, "If-Match required", detail);

    public static ProblemHttpResult Invalid(string detail, IReadOnlyList<Fault> faults) =>
        Problem(StatusCodes.Status400BadRequest, "Invalid", detail, new() { ["errors"] = Errors(faults) });

    public static IResult Of(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Invalid => Invalid(refusal.Detail, refusal.Faults),
        RefusalKind.Missing => Missing(refusal.Detail),
        RefusalKind.Exists => Problem(StatusCodes.Status409Conflict, "Exists already", refusal.Detail),
        RefusalKind.Stale => Problem(StatusCodes.Status412PreconditionFailed, "Changed meanwhile", refusal.Detail),
        RefusalKind.Unconditional => PreconditionRequired(refusal.Detail),
        RefusalKind.InUse => Problem(StatusCodes.Status409Conflict, "In use", refusal.Detail, new() { ["usedBy"] = refusal.UsedBy }),
        RefusalKind.Unavailable => new RetrySoon(Problem(StatusCodes.Status503ServiceUnavailable, "Database unavailable", refusal.Detail)),
    };

    static Dictionary<string, string[]> Errors(IReadOnlyList<Fault> faults) => faults
        .GroupBy(fault => fault.Field, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Select(fault => fault.Message).Distinct().ToArray(), StringComparer.Ordinal);

    static ProblemHttpResult Problem(int status, string title, string detail, Dictionary<string, object?>? extensions = null) =>
        TypedResults.Problem(detail, statusCode: status, title: title, extensions: extensions);
}
