namespace Tutti.Samples.Storefront.Faults;

/// <summary>A misbehaviour within HTTP: its name, what it does in a sentence, and how.</summary>
public sealed record HttpFault(string Name, string Sentence, RequestDelegate Answer);
