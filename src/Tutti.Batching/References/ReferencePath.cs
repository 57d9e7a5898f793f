namespace Tutti.Batching.References;

/// <summary>Reads the way into a body: a JSON Pointer (RFC 6901) or a path of members, <c>.items[0].id</c>.</summary>
internal static class ReferencePath
{
    /// <returns>Null where it can be read as neither.</returns>
    public static IReadOnlyList<string>? Read(string text) =>
        text.Length == 0 ? []
        : text[0] == '#' ? Pointer(text[1..])
        : text[0] == '/' ? Pointer(text)
        : Members(text);

    static List<string>? Pointer(string text)
    {
        if (text.Length == 0)
        {
            return [];
        }

        return text[0] == '/' ? [.. text[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))] : null;
    }

    static List<string>? Members(string text)
    {
        var steps = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var isIndex = text[i] == '[';
            var end = isIndex ? text.IndexOf(']', i) : text.AsSpan(i + 1).IndexOfAny('.', '[') is >= 0 and var next ? i + 1 + next : text.Length;
            if (end < 0 || end == i + 1 || (!isIndex && text[i] != '.'))
            {
                return null;
            }

            steps.Add(isIndex ? text[(i + 1)..end].Trim('\'', '"') : text[(i + 1)..end]);
            i = isIndex ? end + 1 : end;
        }

        return steps;
    }
}
