namespace Tutti.Client;

/// <summary>The answer of a look-up.</summary>
/// <param name="Address">Where the service is; null if it is not known.</param>
/// <param name="MaxAge">How long that may be kept.</param>
internal readonly record struct Location(Uri? Address, TimeSpan MaxAge);
