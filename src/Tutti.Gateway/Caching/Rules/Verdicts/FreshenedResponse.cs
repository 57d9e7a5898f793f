using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Rules.Verdicts;

/// <summary>A stored response after an update: the header to send, and whether and how it stays stored.</summary>
internal readonly record struct FreshenedResponse(HeaderFields Fields, StoreVerdict Verdict);
