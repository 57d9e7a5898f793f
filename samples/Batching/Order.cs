namespace Tutti.Samples.Batching;

/// <summary>What somebody wants to have.</summary>
public sealed record Order(int Id, string Product, int Count);
