namespace Tutti.Gateway.Registry.Admin;

/// <summary>One page of a list.</summary>
/// <param name="Total">How many entries all pages hold.</param>
/// <param name="Number">Which page this is, from 1.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, int Total, [property: System.Text.Json.Serialization.JsonPropertyName("page")] int Number, int PageSize);
