namespace Tutti.Gateway.Hosting;

/// <summary>A section of <c>Tutti</c> in the configuration and the options that it fills.</summary>
internal sealed record TuttiSection(string Name, Type Type);
