namespace Tutti.Gateway.Locator.Sources;

/// <summary>An instance that a source told.</summary>
/// <param name="IsBackup">Whether it is asked only while no other is well.</param>
internal readonly record struct FoundInstance(Uri Address, int Weight = 1, bool IsBackup = false);
