using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace Tutti.Bench.Limit;

/// <summary>Reads an aggregate straight from the request's pipe, keeping only what the limit needs.</summary>
static class AggregateReader
{
    public static async ValueTask<Aggregate> ReadAsync(PipeReader body, CancellationToken ct)
    {
        while (true)
        {
            var read = await body.ReadAsync(ct);
            if (read.IsCompleted)
            {
                var aggregate = Parse(read.Buffer);
                body.AdvanceTo(read.Buffer.End);
                return aggregate;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    static Aggregate Parse(in ReadOnlySequence<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        string? id = null;
        List<PartCall>? calls = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("requestMeta"u8))
            {
                id = ReadMeta(ref reader);
            }
            else if (reader.ValueTextEquals("requests"u8))
            {
                calls = ReadCalls(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return id is null || calls is null ? throw new JsonException("requestMeta.id and requests are required.") : new(id, calls);
    }

    static string? ReadMeta(ref Utf8JsonReader reader)
    {
        string? id = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("id"u8))
            {
                id = ReadString(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return id;
    }

    static List<PartCall> ReadCalls(ref Utf8JsonReader reader)
    {
        var calls = new List<PartCall>(16);
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            calls.Add(ReadCall(ref reader));
        }

        return calls;
    }

    static PartCall ReadCall(ref Utf8JsonReader reader)
    {
        string? partId = null, id = null, item = null;
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("partId"u8))
            {
                partId = ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                id = ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("params"u8))
            {
                item = ReadItem(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return partId is null || item is null
            ? throw new JsonException("partId and the param n are required.")
            : new(partId, id ?? partId, item);
    }

    static string? ReadItem(ref Utf8JsonReader reader)
    {
        string? item = null;
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            item = ReadParam(ref reader) ?? item;
        }

        return item;
    }

    /// <summary>The value of the param <c>n</c>, or nothing if this is another one.</summary>
    static string? ReadParam(ref Utf8JsonReader reader)
    {
        var wanted = false;
        string? value = null;
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("key"u8))
            {
                Expect(ref reader, JsonTokenType.String);
                wanted = reader.ValueTextEquals("n"u8);
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                value = ReadString(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return wanted ? value : null;
    }

    static bool NextProperty(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    static string? ReadString(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new JsonException($"Expected {type}, found {reader.TokenType}.");
        }
    }
}
