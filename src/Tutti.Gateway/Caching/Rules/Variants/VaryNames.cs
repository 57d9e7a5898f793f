namespace Tutti.Gateway.Caching.Rules.Variants;

/// <summary>The request fields that a response depends on: some, none (null), or everything.</summary>
internal readonly record struct VaryNames(string? Names, bool IsEverything)
{
    public static VaryNames Everything { get; } = new(null, IsEverything: true);
}
