namespace Tutti.Gateway.Calls;

/// <summary>A header of a backend's request whose value was checked.</summary>
internal readonly record struct CallHeader(string Name, string Value);
