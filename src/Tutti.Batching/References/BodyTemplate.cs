using System.Text.Json;

namespace Tutti.Batching.References;

/// <summary>A JSON body in which some strings hold references. All the rest of it is passed on byte by byte.</summary>
/// <param name="Json">The body as it was sent.</param>
/// <param name="Holes">Where the strings stand, quotes included, and what fills them.</param>
internal sealed record BodyTemplate(ReadOnlyMemory<byte> Json, IReadOnlyList<(int Start, int End, TextTemplate Text)> Holes)
{
    /// <returns>Null where the body holds no reference.</returns>
    public static BodyTemplate? Read(ReadOnlyMemory<byte> json, Dictionary<string, int> index, int maxDepth, Action<string> fault)
    {
        if (json.Span.IndexOf("{$responses."u8) < 0)
        {
            return null;
        }

        var holes = new List<(int, int, TextTemplate)>();
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = maxDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String && JsonText.Read(ref reader) is { } written && TextTemplate.Read(written, index, fault) is { } text)
            {
                holes.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed, text));
            }
        }

        return holes.Count > 0 ? new BodyTemplate(json, holes) : null;
    }

    public IEnumerable<Reference> References => Holes.SelectMany(hole => hole.Text.References);
}
