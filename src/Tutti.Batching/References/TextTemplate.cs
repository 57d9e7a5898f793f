using System.Text;

namespace Tutti.Batching.References;

/// <summary>A text with references in it. <c>{{$responses.</c> stands for itself, less one brace.</summary>
/// <param name="Pieces">Texts and references in their order.</param>
internal sealed record TextTemplate(IReadOnlyList<object> Pieces)
{
    const string Opening = "{$responses.";

    public IEnumerable<Reference> References => Pieces.OfType<Reference>();

    /// <summary>The reference that is the whole text; null if there is anything beside it.</summary>
    public Reference? Whole => Pieces is [Reference reference] ? reference : null;

    public static bool IsIn(string text) => text.Contains(Opening, StringComparison.Ordinal);

    /// <returns>Null where there is no reference in the text, or one that cannot be read.</returns>
    public static TextTemplate? Read(string text, Dictionary<string, int> index, Action<string> fault)
    {
        if (!IsIn(text))
        {
            return null;
        }

        var pieces = new List<object>();
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var at = text.IndexOf(Opening, i, StringComparison.Ordinal);
            plain.Append(text, i, (at < 0 ? text.Length : at) - i);
            if (at < 0)
            {
                break;
            }

            var end = text.IndexOf('}', at);
            if (at > i && text[at - 1] == '{')
            {
                i = at + 1;
            }
            else if (end < 0)
            {
                fault($"'{text[at..]}' has no closing brace");
                return null;
            }
            else if (Reference.Read(text[(at + 1)..end], index, out var wrong) is { } reference)
            {
                AddText(pieces, plain);
                pieces.Add(reference);
                i = end + 1;
            }
            else
            {
                fault(wrong!);
                return null;
            }
        }

        AddText(pieces, plain);
        return new TextTemplate(pieces);
    }

    static void AddText(List<object> pieces, StringBuilder plain)
    {
        if (plain.Length > 0)
        {
            pieces.Add(plain.ToString());
            plain.Clear();
        }
    }
}
