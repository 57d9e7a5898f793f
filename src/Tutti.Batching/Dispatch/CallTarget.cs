namespace Tutti.Batching.Dispatch;

/// <summary>Where a request goes, in the forms in which a server gives it to the app.</summary>
/// <param name="Path">Decoded and without dot segments; <c>%2F</c> stays, as it does on the wire.</param>
/// <param name="Query">With its question mark; empty if there is none.</param>
/// <param name="RawTarget">As it would stand in the request line.</param>
internal readonly record struct CallTarget(string Path, string Query, string RawTarget);
