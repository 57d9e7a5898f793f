namespace Tutti.Gateway.Registry.Editing;

/// <summary>What an editor knows of the entry that is to be changed (<c>If-Match</c>, RFC 9110, 13.1.1).</summary>
/// <param name="Versions">The versions of which it must be one; any if null.</param>
internal readonly record struct Precondition(IReadOnlyList<long>? Versions)
{
    /// <summary>What an editor is told who sent none and needs one.</summary>
    public const string Wanted =
        "Send If-Match with the ETag of the version that you read, so that nobody's change is lost; or If-Match: * to overwrite whatever is there.";

    public static Precondition None => new(null);

    public bool Holds(long version) => Versions is null || Versions.Contains(version);
}
