using System.Text.Json;

namespace Tutti.Batching.Reading;

/// <summary>Reads the members of a JSON batch. Names are used once, and unknown ones are told, unless they are annotations.</summary>
internal static class JsonBatch
{
    /// <summary>The levels of the batch itself around the body of a request.</summary>
    const int OwnDepth = 3;

    /// <returns>The requests; null where the text is no JSON batch at all.</returns>
    public static List<BatchCall>? Read(ReadOnlyMemory<byte> utf8, TuttiBatchingOptions options, List<string> faults)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8.Span, new JsonReaderOptions { MaxDepth = options.MaxJsonDepth + OwnDepth });
            return ReadBatch(ref reader, utf8, faults);
        }
        catch (JsonException e)
        {
            faults.Add($"The batch is no JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {Reason(e)}");
            return null;
        }
        catch (InvalidOperationException)
        {
            // The reader throws it for half of a surrogate pair.
            faults.Add("The batch holds an escape that is no character");
            return null;
        }
    }

    static List<BatchCall>? ReadBatch(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, List<string> faults)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            faults.Add("The batch is no object: write {\"requests\":[...]}");
            return null;
        }

        List<BatchCall>? calls = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("requests"u8))
            {
                faults.AddRange(calls is null ? [] : ["'requests' is there twice"]);
                reader.Read();
                calls = ReadRequests(ref reader, utf8, faults);
            }
            else
            {
                Unknown(reader.GetString()!, "the batch", faults);
                reader.Skip();
            }
        }

        // What follows the object is no part of JSON: the reader throws.
        reader.Read();
        faults.AddRange(calls is null && faults.Count == 0 ? ["The batch has no 'requests'"] : []);
        return calls;
    }

    static List<BatchCall>? ReadRequests(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, List<string> faults)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            faults.Add("'requests' is no array");
            reader.Skip();
            return null;
        }

        var calls = new List<BatchCall>();
        for (var number = 1; reader.Read() && reader.TokenType != JsonTokenType.EndArray; number++)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                faults.Add($"Request {number} is no object");
                reader.Skip();
            }
            else if (new JsonCall(number, faults).Read(ref reader, utf8) is { } call)
            {
                calls.Add(call);
            }
        }

        return calls;
    }

    /// <summary>Annotations (with <c>@</c> or a dot) say nothing that must be understood.</summary>
    public static void Unknown(string name, string where, List<string> faults)
    {
        if (!name.Contains('@', StringComparison.Ordinal) && !name.Contains('.', StringComparison.Ordinal))
        {
            faults.Add($"'{name}' is unknown in {where}");
        }
    }

    static string Reason(JsonException e) => e.Message.Split(" LineNumber:")[0];
}
