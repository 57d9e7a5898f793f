namespace Tutti.Contracts.Aggregation;

/// <summary>One call of a part inside an <see cref="AggregateRequest"/>.</summary>
/// <param name="PartId">The registered part.</param>
/// <param name="Id">The caller's name of this call, echoed in its answer; the part id if absent. Equal ids are not merged.</param>
/// <param name="Params">Values by input name, in order; several of one name are all sent. Names that the part does not declare are ignored.</param>
public sealed record PartRequest(string PartId, string? Id, IReadOnlyList<PartRequestParam> Params);
