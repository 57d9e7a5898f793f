namespace Tutti.Gateway.Caching.Rules.Structured;

/// <summary>A value with its parameters; null where it has none.</summary>
internal readonly record struct StructuredItem(BareItem Value, Dictionary<string, BareItem>? Parameters = null);
