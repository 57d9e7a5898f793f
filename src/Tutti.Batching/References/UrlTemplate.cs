using Tutti.Batching.Reading;

namespace Tutti.Batching.References;

/// <summary>Reads the references in a url: our own, and those of OData at its beginning and in its query.</summary>
internal static class UrlTemplate
{
    /// <returns>Null where there is no reference in the url, or one that cannot be read.</returns>
    public static TextTemplate? Read(BatchCall call, Dictionary<string, int> index, Action<string> fault)
    {
        if (!call.Url.Contains('$', StringComparison.Ordinal))
        {
            return null;
        }

        var pieces = new List<object>();
        var rest = call.Url;
        if (EntityReference.Read(call.Url, index) is { } entity)
        {
            pieces.Add(entity);
            rest = rest[entity.Text.Length..];
        }

        var template = TextTemplate.Read(rest, index, fault);
        AddRest(template?.Pieces ?? [rest], new QueryReferences(call, index), pieces);
        return template is not null || pieces.Exists(piece => piece is Reference) ? new TextTemplate(pieces) : null;
    }

    static void AddRest(IReadOnlyList<object> rest, QueryReferences query, List<object> pieces)
    {
        foreach (var piece in rest)
        {
            if (piece is string text)
            {
                query.Split(text, pieces);
            }
            else
            {
                pieces.Add(piece);
            }
        }
    }
}
