using System.Text.Json;

namespace Tutti.Bench.Load.Processes;

/// <summary>Says so when two programs run under different runtime settings: then the comparison is between those, too.</summary>
static class RuntimeSettings
{
    /// <summary>Settings that change what work costs; others only take features away.</summary>
    static readonly string[] Costly = ["System.GC.", "System.Runtime.Tiered", "System.Threading.", "System.Net."];

    public static void Compare(string left, string right)
    {
        var (leftSettings, rightSettings) = (Read(left), Read(right));
        foreach (var name in leftSettings.Keys.Union(rightSettings.Keys).Order(StringComparer.Ordinal))
        {
            var leftValue = leftSettings.GetValueOrDefault(name, "default");
            var rightValue = rightSettings.GetValueOrDefault(name, "default");
            if (leftValue != rightValue)
            {
                var (leftFile, rightFile) = (Path.GetFileName(left), Path.GetFileName(right));
                Console.Error.WriteLine($"Note: {name} is {leftValue} in {leftFile}, {rightValue} in {rightFile}.");
            }
        }
    }

    static Dictionary<string, string> Read(string assembly)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(assembly, ".runtimeconfig.json")));
        return config.RootElement.GetProperty("runtimeOptions").TryGetProperty("configProperties", out var settings)
            ? settings.EnumerateObject()
                .Where(setting => Costly.Any(prefix => setting.Name.StartsWith(prefix, StringComparison.Ordinal)))
                .ToDictionary(setting => setting.Name, setting => setting.Value.ToString())
            : [];
    }
}
