namespace Tutti.Contracts.Aggregation;

/// <summary>One value for a declared param of a part.</summary>
/// <param name="Key">The param's input name.</param>
/// <param name="Value">The value, unescaped.</param>
public sealed record PartRequestParam(string Key, string Value);
