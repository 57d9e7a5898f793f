using System.Text.RegularExpressions;

namespace Tutti.Gateway.Registry.Services.Routing;

/// <summary>The texts of routes: prefixes, expressions, and what is put in their stead.</summary>
internal static partial class RoutePattern
{
    /// <summary>A prefix as it is looked for: without escapes and without a slash at its end.</summary>
    public static string Prefix(string text) => Decoded(text).TrimEnd('/');

    /// <summary>A path as requests are matched. An escaped slash stays escaped: it separates nothing.</summary>
    public static string Decoded(string path) =>
        string.Join('/', path.Split('/').Select(segment => Uri.UnescapeDataString(segment).Replace("/", "%2F", StringComparison.Ordinal)));

    /// <summary>Compiles an expression that takes linear time, whatever a client sends.</summary>
    /// <exception cref="ArgumentException">It is no expression.</exception>
    /// <exception cref="NotSupportedException">It holds a back reference or looks around, which cannot be done in linear time.</exception>
    public static Regex Compile(string text) => new($"^(?:{text.TrimStart('^')})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>The first segments of the paths that an expression can match, as far as they are literal.</summary>
    public static string LiteralSegments(string expression)
    {
        if (expression.Contains('|', StringComparison.Ordinal))
        {
            return "";
        }

        var literal = Literal().Match(expression).Groups[1].ValueSpan;
        var end = literal.LastIndexOf('/');
        return end <= 0 ? "" : literal[..end].ToString();
    }

    /// <summary>The replacement in .NET's words: <c>\1</c> becomes <c>${1}</c>.</summary>
    public static string Replacement(string rewrite) => GroupName().Replace(rewrite.Replace("$", "$$", StringComparison.Ordinal), "$${$1}");

    /// <summary>Replaces the beginning of a path that matches; the raw path if it can be, so that escapes stay.</summary>
    public static string Replace(Regex regex, string replacement, string raw, string path)
    {
        var match = regex.Match(raw);
        var text = match.Success ? raw : path;
        match = match.Success ? match : regex.Match(path);
        var result = $"{match.Result(replacement)}{text.AsSpan(match.Length)}";
        return ReferenceEquals(text, raw) ? result : new PathString(result).ToUriComponent();
    }

    /// <summary>What stands behind so many segments of a path.</summary>
    public static ReadOnlySpan<char> After(string path, int segments)
    {
        var rest = path.AsSpan();
        for (var left = segments; left > 0; left--)
        {
            var next = rest[1..].IndexOf('/');
            if (next < 0)
            {
                return [];
            }

            rest = rest[(next + 1)..];
        }

        return rest;
    }

    [GeneratedRegex(@"^\^\(\?:((?:/|[A-Za-z0-9_-]|%)*)(?![*?+{|])")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\\([0-9])")]
    private static partial Regex GroupName();
}
