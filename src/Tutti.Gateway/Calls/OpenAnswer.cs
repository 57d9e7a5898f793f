namespace Tutti.Gateway.Calls;

/// <summary>An answer whose body is still to come, or the failure in its stead.</summary>
internal readonly record struct OpenAnswer(HttpResponseMessage? Response, PartOutcome? Failure);
