namespace Tutti.Gateway.Edge.OldBrowsers;

/// <summary>A request whose query held arguments that stand for its method or its headers. It is a feature of the request.</summary>
/// <param name="From">The method that it was sent with.</param>
/// <param name="Fault">Why it is refused; null if it is not.</param>
internal sealed record TurnedRequest(string From, ApiError? Fault);
