using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Tutti.Gateway.Registry.Import;

/// <summary>Finds the fields in which two entries differ, by their JSON.</summary>
internal static class Differences
{
    const string Version = "version";

    public static IReadOnlyList<FieldChange> Between<T>(T before, T after, JsonTypeInfo<T> type)
    {
        var changes = new List<FieldChange>();
        var left = JsonSerializer.SerializeToUtf8Bytes(before, type);
        var right = JsonSerializer.SerializeToUtf8Bytes(after, type);
        if (!left.AsSpan().SequenceEqual(right))
        {
            Compare(JsonNode.Parse(left), JsonNode.Parse(right), "", changes);
        }

        return changes;
    }

    static void Compare(JsonNode? before, JsonNode? after, string path, List<FieldChange> changes)
    {
        if (before is not JsonObject left || after is not JsonObject right)
        {
            if (!JsonNode.DeepEquals(before, after))
            {
                changes.Add(new FieldChange(path, before?.DeepClone(), after?.DeepClone()));
            }

            return;
        }

        foreach (var name in left.Select(pair => pair.Key).Union(right.Select(pair => pair.Key)))
        {
            if (path.Length > 0 || name != Version)
            {
                Compare(left[name], right[name], path.Length == 0 ? name : $"{path}.{name}", changes);
            }
        }
    }
}
