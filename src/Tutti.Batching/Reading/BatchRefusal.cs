namespace Tutti.Batching.Reading;

/// <summary>Why a batch as a whole is not run.</summary>
internal sealed record BatchRefusal(int Status, string Title, IReadOnlyList<string> Faults)
{
    public static BatchRefusal Malformed(params IReadOnlyList<string> faults) => new(StatusCodes.Status400BadRequest, "Malformed batch", faults);
}
