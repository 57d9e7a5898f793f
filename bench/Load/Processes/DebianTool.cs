namespace Tutti.Bench.Load.Processes;

/// <summary>Finds the programs that the bench takes from Debian's packages of the same name.</summary>
static class DebianTool
{
    public static string Find(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Append("/usr/sbin").Append("/usr/bin").Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new LoadFault($"{name} is missing. Install Debian's package: apt-get install {name}");
    }
}
