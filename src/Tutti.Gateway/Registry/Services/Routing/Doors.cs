namespace Tutti.Gateway.Registry.Services.Routing;

/// <summary>The first segments of the paths on which Tutti itself answers: no route may stand there.</summary>
internal static class Doors
{
    static readonly string[] First = ["octoparts", "parts", "batch", "services", "service-hosts", "v2/service-hosts", "livez", "readyz", "system"];

    /// <summary>The door that a prefix or a path would lie behind; null if none.</summary>
    public static string? Behind(string path) =>
        First.FirstOrDefault(door => IsAtOrBelow(path, $"/{door}")) is { } found ? $"/{found}" : null;

    /// <summary>The doors are found in any case.</summary>
    static bool IsAtOrBelow(string path, string door) =>
        path.StartsWith(door, StringComparison.OrdinalIgnoreCase) && (path.Length == door.Length || path[door.Length] == '/');
}
