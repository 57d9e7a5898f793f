using System.Text.Json;

namespace Tutti.Batching.References;

/// <summary>Finds a value inside JSON, as the bytes that stand there.</summary>
internal static class JsonPlace
{
    /// <returns>Null where there is no such value; which step failed is told.</returns>
    public static ReadOnlyMemory<byte>? Find(ReadOnlyMemory<byte> json, IReadOnlyList<string> path, int maxDepth, out string? missing)
    {
        missing = null;
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = maxDepth });
        reader.Read();
        foreach (var step in path)
        {
            var found = reader.TokenType switch
            {
                JsonTokenType.StartObject => FindMember(ref reader, step),
                JsonTokenType.StartArray => FindElement(ref reader, step),
                _ => false,
            };
            if (!found)
            {
                missing = step;
                return null;
            }
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    static bool FindMember(ref Utf8JsonReader reader, string name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueIsEscaped ? JsonText.Read(ref reader) == name : reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    static bool FindElement(ref Utf8JsonReader reader, string step)
    {
        if (!int.TryParse(step, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var position))
        {
            return false;
        }

        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; position--)
        {
            if (position == 0)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
