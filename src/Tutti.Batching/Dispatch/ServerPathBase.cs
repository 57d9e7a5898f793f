namespace Tutti.Batching.Dispatch;

/// <summary>The prefix that the server itself took off the path of a request, as servers below a folder do.</summary>
internal sealed record ServerPathBase(string Value);
