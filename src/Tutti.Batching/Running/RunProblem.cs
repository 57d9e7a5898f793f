using System.Globalization;
using Tutti.Batching.Dispatch;

namespace Tutti.Batching.Running;

/// <summary>What stands in the place of requests that were ended, or never sent.</summary>
internal static class RunProblem
{
    public static CallProblem CallerLeft { get; } = new(StatusCodes.Status499ClientClosedRequest, "Caller left", "The caller of the batch left");

    public static CallProblem Failed { get; } = new(StatusCodes.Status500InternalServerError, "Internal server error", "The request could not be run");

    public static CallProblem TimedOut(string what, TimeSpan limit) =>
        new(StatusCodes.Status504GatewayTimeout, "Timed out", string.Create(CultureInfo.InvariantCulture, $"The {what} had not ended after {limit.TotalMilliseconds:0} ms"));

    public static CallProblem FailedDependency(string why) => new(StatusCodes.Status424FailedDependency, "Failed dependency", why);
}
