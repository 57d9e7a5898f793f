namespace Tutti.Gateway.Registry.Services.Routing;

/// <summary>The first segments of the paths on which Tutti itself answers: no route may stand there.</summary>
internal static class Doors
{
    static readonly string[] First = ["octoparts", "parts", "batch", "services", "service-hosts", "livez", "readyz", "system"];

    /// <summary>The door that a prefix or a path would lie behind; null if none.</summary>
    public static string? Behind(string path) =>
        First.FirstOrDefault(door => path == $"/{door}" || path.StartsWith($"/{door}/", StringComparison.Ordinal)) is { } found ? $"/{found}" : null;
}
