namespace Tutti.Gateway.Hosting;

/// <summary>Says on which listeners an endpoint answers. One that says nothing answers on the management listener alone.</summary>
internal sealed record ListenerMetadata(bool OnTraffic, bool OnManagement);
