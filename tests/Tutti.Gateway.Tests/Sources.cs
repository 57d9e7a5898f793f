namespace Tutti.Gateway.Tests;

/// <summary>The project's own source files, for the tests that read them.</summary>
internal static class Sources
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string Of(string project) => Path.Combine(Root, "src", project);

    /// <summary>The C# files below a folder; none if it does not exist.</summary>
    public static IEnumerable<string> Files(string folder)
    {
        var path = Path.Combine(Root, folder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            : [];
    }

    static string FindRoot(string from)
    {
        var folder = new DirectoryInfo(from);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tutti.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"Tutti.slnx is not above {from}");
    }
}
