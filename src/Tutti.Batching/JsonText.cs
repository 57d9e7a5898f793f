using System.Text.Json;

namespace Tutti.Batching;

/// <summary>Reads the texts of JSON. One may hold half of a surrogate pair as an escape: it is well-formed JSON and yet no text.</summary>
internal static class JsonText
{
    /// <returns>Null where the reader stands at no string, or at one that is no text.</returns>
    public static string? Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <returns>Null where the JSON is no string, or one that is no text.</returns>
    public static string? Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return Read(ref reader);
    }
}
