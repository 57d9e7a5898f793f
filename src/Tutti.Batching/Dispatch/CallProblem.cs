namespace Tutti.Batching.Dispatch;

/// <summary>What stands in the place of an answer that the app did not give.</summary>
internal sealed record CallProblem(int Status, string Title, string Detail);
