namespace Tutti.Samples.Batching;

/// <summary>An order as it is sent.</summary>
public sealed record NewOrder(string Product, int Count);
