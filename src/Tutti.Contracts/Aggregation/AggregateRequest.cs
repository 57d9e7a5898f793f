namespace Tutti.Contracts.Aggregation;

/// <summary>One request for many parts: the body of <c>POST /octoparts/2</c>.</summary>
/// <param name="RequestMeta">What the request says about itself and its user.</param>
/// <param name="Requests">The parts to call, in the order in which they are answered; may be empty.</param>
public sealed record AggregateRequest(RequestMeta RequestMeta, IReadOnlyList<PartRequest> Requests);
