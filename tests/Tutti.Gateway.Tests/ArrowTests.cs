using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tutti.Gateway.Tests;

/// <summary>Keeps the arrows of the design: what may know what.</summary>
public sealed partial class ArrowTests
{
    /// <summary>The feature folders of the gateway; each uses only those above it.</summary>
    static readonly string[] Folders =
    [
        "Telemetry", "Storage", "Audit", "Access", "Registry", "Calls", "Locator", "Edge", "Resilience", "Caching", "Aggregation", "Batch", "Proxy", "ProxyCache", "Hosting",
    ];

    static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Tutti.Contracts"] = [],
        ["Tutti.Batching"] = [],
        ["Tutti.Client"] = ["Tutti.Contracts"],
        ["Tutti.Gateway"] = ["Tutti.Contracts", "Tutti.Batching"],
        ["Tutti.Admin"] = ["Tutti.Gateway"],
        ["Tutti.Server"] = ["Tutti.Admin", "Tutti.Gateway", "Tutti.Contracts"],
    };

    [Fact]
    public void Every_folder_of_the_gateway_has_its_place()
    {
        var found = Directory.EnumerateDirectories(Sources.Of("Tutti.Gateway")).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj"));

        found.ShouldBeSubsetOf(Folders);
    }

    [Fact]
    public void A_folder_names_only_the_folders_above_it()
    {
        var wrong =
            from folder in Folders.Index()
            from file in Sources.Files(Path.Combine("src", "Tutti.Gateway", folder.Item))
            from Match name in FolderName().Matches(File.ReadAllText(file))
            let place = Array.IndexOf(Folders, name.Groups[1].Value)
            where place > folder.Index
            select $"{Path.GetRelativePath(Sources.Root, file)} names {name.Value}";

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_project_references_only_those_below_it()
    {
        foreach (var project in Directory.EnumerateFiles(Path.Combine(Sources.Root, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var references = XDocument.Load(project).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

            Projects.ShouldContainKey(name);
            references.ShouldBeSubsetOf(Projects[name], name);
        }
    }

    [GeneratedRegex(@"Tutti\.Gateway\.([A-Z][A-Za-z]+)")]
    private static partial Regex FolderName();
}
