namespace Tutti.Contracts.Aggregation;

/// <summary>The answer to an <see cref="AggregateRequest"/>.</summary>
/// <param name="ResponseMeta">The request's id and the time it took.</param>
/// <param name="Responses">One answer per requested part, in the order of the request.</param>
public sealed record AggregateResponse(ResponseMeta ResponseMeta, IReadOnlyList<PartResponse> Responses);
