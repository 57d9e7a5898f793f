using System.Text.RegularExpressions;

namespace Tutti.Gateway.Tests.Docs;

/// <summary>The project's own Markdown pages.</summary>
internal static partial class DocPages
{
    static readonly string[] NotOurs = [".git", "artifacts", "bin", "obj", "node_modules"];

    public static IEnumerable<string> All => Directory
        .EnumerateFiles(Sources.Root, "*.md", SearchOption.AllDirectories)
        .Where(file => !NotOurs.Intersect(Relative(file).Split('/')).Any());

    public static string Relative(string file) => Path.GetRelativePath(Sources.Root, file).Replace('\\', '/');

    /// <summary>The page without its code blocks.</summary>
    public static string Prose(string file) => CodeBlock().Replace(File.ReadAllText(file), "");

    /// <summary>The anchors of a page's headings, as GitHub makes them.</summary>
    public static IEnumerable<string> Anchors(string file) => Heading().Matches(Prose(file)).Select(heading => Slug(heading.Groups[1].Value));

    static string Slug(string heading) => Punctuation().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
