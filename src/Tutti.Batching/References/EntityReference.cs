namespace Tutti.Batching.References;

/// <summary>OData's own references: <c>$1/Orders</c> in a url, and <c>"If-Match": "$1"</c>.</summary>
internal static class EntityReference
{
    static readonly string[] Reserved = ["batch", "crossjoin", "all", "entity", "root", "id", "metadata"];

    /// <returns>Null where the url does not begin with an id.</returns>
    public static Reference? Read(string url, Dictionary<string, int> index)
    {
        if (!url.StartsWith('$'))
        {
            return null;
        }

        var end = url.AsSpan().IndexOfAny('/', '?');
        var id = end < 0 ? url[1..] : url[1..end];
        if (Reserved.Contains(id) || !index.TryGetValue(id, out var position))
        {
            return null;
        }

        return new Reference(position, $"${id}", ReferenceKind.Entity, []);
    }

    /// <returns>Null where the header does not hold the tag of an earlier answer.</returns>
    public static TextTemplate? ReadTag(string header, string value, Dictionary<string, int> index) =>
        value.StartsWith('$') && header.ToUpperInvariant() is "IF-MATCH" or "IF-NONE-MATCH" && index.TryGetValue(value[1..], out var position)
            ? new TextTemplate([new Reference(position, value, ReferenceKind.Header, [], "ETag")])
            : null;
}
