namespace Tutti.Bench.Load.Processes;

/// <summary>Finds the programs that the bench takes from Debian's packages.</summary>
static class DebianTool
{
    /// <param name="package">The package, where it has another name than the program.</param>
    public static string Find(string name, string? package = null)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Append("/usr/sbin").Append("/usr/bin").Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new LoadFault($"{name} is missing. Install Debian's package: apt-get install {package ?? name}");
    }
}
