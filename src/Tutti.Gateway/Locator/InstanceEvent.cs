namespace Tutti.Gateway.Locator;

/// <summary>An instance of a service came in or went out.</summary>
internal sealed record InstanceEvent(string Service, Uri Address, bool IsIn);
