using System.Text.RegularExpressions;
using Tutti.Batching.Reading;

namespace Tutti.Batching.References;

/// <summary>
/// Finds OData's references to values in the query of a url: <c>?$filter=Name eq $1/Name</c>. One without a path is a reference only to a
/// request that this one depends on: <c>?price=$1</c> is a price.
/// </summary>
internal sealed partial class QueryReferences(BatchCall call, Dictionary<string, int> index)
{
    /// <summary>What <c>$</c> begins in an expression of OData itself.</summary>
    static readonly string[] Reserved = ["it", "root", "this"];

    string _before = "";

    /// <summary>Adds the next text of the url, piece by piece.</summary>
    public void Split(string text, List<object> pieces)
    {
        var from = 0;
        foreach (Match match in Pattern().Matches(text))
        {
            if (ReferenceAt(match, string.Concat(_before, text.AsSpan(0, match.Index))) is { } reference)
            {
                pieces.Add(text[from..match.Index]);
                pieces.Add(reference);
                from = match.Index + match.Length;
            }
        }

        if (from < text.Length)
        {
            pieces.Add(text[from..]);
        }

        _before += text;
    }

    Reference? ReferenceAt(Match match, string before)
    {
        var id = match.Groups["id"].Value;
        string[] path = [.. match.Groups["path"].Value.Split('/').Skip(1).Select(Uri.UnescapeDataString)];
        return before.Contains('?', StringComparison.Ordinal) && !Reserved.Contains(id) && index.TryGetValue(id, out var position) && (path.Length > 0 || call.DependsOn.Contains(id))
            ? new Reference(position, match.Value, IsExpression(before) ? ReferenceKind.Literal : ReferenceKind.Body, path)
            : null;
    }

    /// <summary>Whether the parameter is one of OData's, whose values are expressions.</summary>
    static bool IsExpression(string before) =>
        before[(Math.Max(before.IndexOf('?', StringComparison.Ordinal), before.LastIndexOf('&')) + 1)..] is ['$' or '@', ..] or ['%', '2', '4', ..] or ['%', '4', '0', ..];

    /// <summary>Between what may stand around a value in an expression, encoded or not.</summary>
    [GeneratedRegex(@"(?<=[= (,+]|%20|%28|%2C)\$(?<id>[^/&\s(),+%]+)(?<path>(?:/(?:[^/&\s(),+%]|%(?!20|29|2C))+)*)(?=[&\s),+]|%20|%29|%2C|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
