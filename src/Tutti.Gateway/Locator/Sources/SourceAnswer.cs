namespace Tutti.Gateway.Locator.Sources;

/// <summary>What a source told.</summary>
/// <param name="GoodFor">How long the source itself says that it is true; null if it says nothing.</param>
internal sealed record SourceAnswer(IReadOnlyList<FoundInstance> Instances, TimeSpan? GoodFor = null);
