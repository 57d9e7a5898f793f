namespace Tutti.Gateway.Calls;

/// <summary>Says that no instance of a service is in; it passes with the exceptions of connections, whose place it takes.</summary>
internal sealed class NoInstanceException(string service)
    : HttpRequestException(HttpRequestError.ConnectionError, $"The service '{service}' has no instance that is in");
