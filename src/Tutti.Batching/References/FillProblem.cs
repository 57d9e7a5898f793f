using Tutti.Batching.Dispatch;

namespace Tutti.Batching.References;

/// <summary>What stands in the place of a request for which the values of earlier answers will not do.</summary>
internal static class FillProblem
{
    public static CallProblem Missing(string why) => new(StatusCodes.Status424FailedDependency, "Value missing", why);

    public static CallProblem UrlTooLong(int most) =>
        new(StatusCodes.Status414UriTooLong, "Url too long", $"With the values in it, the url is longer than {most} characters");

    public static CallProblem HeaderTooLong(int most) =>
        new(StatusCodes.Status431RequestHeaderFieldsTooLarge, "Header too long", $"With the values in it, a header is longer than {most} characters");

    public static CallProblem BodyTooLarge(int most) =>
        new(StatusCodes.Status413PayloadTooLarge, "Body too large", $"With the values in it, the body is larger than {most} bytes");

    public static CallProblem ValuesTooLarge(int most) =>
        new(StatusCodes.Status413PayloadTooLarge, "Values too large", $"The values that all requests of the batch use are together larger than {most} bytes");
}
