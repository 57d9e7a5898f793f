namespace Tutti.Gateway.Tests;

/// <summary>Keeps the numbers that fail the build.</summary>
public sealed class HouseRulesTests
{
    const int MostLines = 300;

    static readonly IEnumerable<string> Ours = Sources.Files("src").Concat(Sources.Files("samples")).Concat(Sources.Files("tests"))
        .Where(file => !file.Contains("Migrations", StringComparison.Ordinal));

    [Fact]
    public void No_file_is_longer_than_three_hundred_lines() =>
        Ours.Where(file => File.ReadLines(file).Count() > MostLines).ShouldBeEmpty();

    [Fact]
    public void Every_namespace_is_its_folder()
    {
        var wrong =
            from file in Sources.Files("src")
            where Path.GetFileName(file) != "Program.cs"
            let folder = Path.GetRelativePath(Path.Combine(Sources.Root, "src"), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.')
            let named = File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))
            where named is not null && named != $"namespace {folder};" && named != $"namespace {folder}"
            select file;

        wrong.Where(file => !file.Contains("Migrations", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
