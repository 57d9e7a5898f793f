namespace Tutti.Batching.References;

/// <summary>A value of an earlier answer that is used in a later request.</summary>
/// <param name="Position">Which request it belongs to.</param>
/// <param name="Text">As it was written.</param>
/// <param name="Path">The steps into a body.</param>
/// <param name="Header">The name of a header.</param>
internal sealed record Reference(int Position, string Text, ReferenceKind Kind, IReadOnlyList<string> Path, string Header = "")
{
    static readonly string[] Targets = [".body", ".status", ".headers", ".header"];

    /// <summary>Reads what stands between the braces.</summary>
    public static Reference? Read(string text, Dictionary<string, int> index, out string? fault)
    {
        var inner = text["$responses.".Length..];
        fault = null;
        for (var dot = inner.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = inner.IndexOf('.', dot + 1))
        {
            // An id may hold dots itself: what counts is which one exists.
            if (index.TryGetValue(inner[..dot], out var position) && Array.Find(Targets, target => IsTarget(inner.AsSpan(dot), target)) is { } found)
            {
                return Of(position, text, found, inner[(dot + found.Length)..], out fault);
            }
        }

        var id = inner.Split('.')[0];
        fault = index.ContainsKey(id)
            ? $"{{{text}}} names neither body, headers nor status of '{id}'"
            : $"{{{text}}} refers to '{id}', which no request has as its id";
        return null;
    }

    static bool IsTarget(ReadOnlySpan<char> rest, string target) => rest.StartsWith(target) && (rest.Length == target.Length || rest[target.Length] is '.' or '/' or '#' or '[');

    static Reference? Of(int position, string text, string target, string rest, out string? fault)
    {
        fault = null;
        switch (target)
        {
            case ".status" when rest.Length == 0:
                return new Reference(position, text, ReferenceKind.Status, []);
            case ".headers" or ".header" when HeaderOf(rest) is { Length: > 0 } header:
                return new Reference(position, text, ReferenceKind.Header, [], header);
            case ".body" when ReferencePath.Read(rest) is { } path:
                return new Reference(position, text, ReferenceKind.Body, path);
            default:
                fault = $"{{{text}}} cannot be read: write body.member, body#/pointer, headers.Name or status";
                return null;
        }
    }

    static string HeaderOf(string rest) =>
        rest.StartsWith('.') || rest.StartsWith('/') ? rest[1..]
        : rest.StartsWith("['", StringComparison.Ordinal) && rest.EndsWith("']", StringComparison.Ordinal) ? rest[2..^2]
        : "";
}
