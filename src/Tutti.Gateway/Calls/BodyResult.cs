namespace Tutti.Gateway.Calls;

/// <summary>A body that was read, or why it could not be.</summary>
internal readonly record struct BodyResult(TextBody? Body, PartOutcome? Failure)
{
    public static BodyResult Read(TextBody body) => new(body, null);

    public static BodyResult Failed(PartFailure failure, string message) => new(null, PartOutcome.Failed(failure, message));
}
