using System.Text.RegularExpressions;

namespace Tutti.Gateway.Tests.Docs;

/// <summary>Keeps the pages true: what they link to and what they name exists.</summary>
public sealed partial class DocsTests
{
    /// <summary>Names in backticks that are not ours.</summary>
    static readonly HashSet<string> Foreign =
    [
        "ForwardedHeadersOptions", "HttpClient", "HttpMessageInvoker", "InvalidOperationException", "JsonDocument", "JsonElement", "MaxConnectionsPerServer", "ReadOnlyMemory", "SocketsHttpHandler", "TimeProvider",
        "UsePathBase", "Utf8JsonReader", "Utf8JsonWriter",
    ];

    static readonly string[] Folders = ["src", "samples", "tests", "bench"];

    [Fact]
    public void Every_relative_link_leads_somewhere()
    {
        var broken =
            from file in DocPages.All
            from Match link in Link().Matches(DocPages.Prose(file))
            let target = link.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
            where !Leads(file, target)
            select $"{DocPages.Relative(file)} → {target}";

        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Every_type_that_a_page_names_exists()
    {
        var known = Declared();

        var unknown =
            from file in DocPages.All
            from Match name in TypeName().Matches(DocPages.Prose(file))
            where !known.Contains(name.Groups[1].Value) && !Foreign.Contains(name.Groups[1].Value)
            select $"{DocPages.Relative(file)} names {name.Value}";

        unknown.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Every_page_of_docs_is_linked_from_the_readme_or_from_another_page()
    {
        var linked =
            (from file in DocPages.All
             from Match link in Link().Matches(DocPages.Prose(file))
             select Target(file, link.Groups["target"].Value)).ToHashSet(StringComparer.Ordinal);

        DocPages.All.Where(file => DocPages.Relative(file).StartsWith("docs/", StringComparison.Ordinal) && !linked.Contains(file)).ShouldBeEmpty();
    }

    static bool Leads(string file, string target)
    {
        var path = Target(file, target);
        var hash = target.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? Path.Exists(path) : File.Exists(path) && DocPages.Anchors(path).Contains(target[(hash + 1)..]);
    }

    static string Target(string file, string target)
    {
        var path = target.Split('#')[0];
        return path.Length == 0 ? file : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, path));
    }

    /// <summary>The types of all projects, and the settings, which are written like types.</summary>
    static HashSet<string> Declared()
    {
        var sources = Folders.SelectMany(Sources.Files).ToArray();
        return
        [
            .. sources.SelectMany(file => Declaration().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value),
            .. sources.Select(file => Path.GetFileNameWithoutExtension(file)),
            .. typeof(Batching.TuttiBatchingOptions).GetMembers().Select(member => member.Name),
            .. Tutti.Gateway.Hosting.TuttiSections.All.SelectMany(section => section.Type.GetProperties()).Select(property => property.Name),
        ];
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)`")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum|delegate [^(]*?)\s+(?:struct\s+|class\s+)?([A-Z]\w+)")]
    private static partial Regex Declaration();
}
