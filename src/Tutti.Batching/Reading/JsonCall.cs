using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tutti.Batching.Reading;

/// <summary>Reads one request of a JSON batch and tells everything that is wrong with it.</summary>
internal sealed class JsonCall(int number, List<string> faults)
{
    static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    static readonly string[] Names = ["id", "method", "url", "headers", "body", "dependsOn", "if", "atomicityGroup"];

    List<(string Name, string Value)>? _headers;
    int _seen;
    string? _id;
    string? _method;
    string? _url;
    string? _if;
    string? _group;
    string[] _dependsOn = [];
    ReadOnlyMemory<byte>? _body;

    /// <returns>Null where something is missing without which there is no request.</returns>
    public BatchCall? Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var which = WhichOf(ref reader);
            if (which < 0)
            {
                JsonBatch.Unknown(reader.GetString()!, Name, faults);
                reader.Skip();
                continue;
            }

            reader.Read();
            if ((_seen & (1 << which)) != 0)
            {
                Fault($"'{Names[which]}' is there twice");
                reader.Skip();
            }
            else
            {
                _seen |= 1 << which;
                ReadMember(ref reader, Names[which], utf8);
            }
        }

        return Make();
    }

    static int WhichOf(ref Utf8JsonReader reader)
    {
        for (var which = 0; which < Names.Length; which++)
        {
            if (reader.ValueTextEquals(Names[which]))
            {
                return which;
            }
        }

        return -1;
    }

    void ReadMember(ref Utf8JsonReader reader, string name, ReadOnlyMemory<byte> utf8)
    {
        switch (name)
        {
            case "id":
                _id = Text(ref reader, name);
                break;
            case "method":
                _method = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("GET"u8) ? HttpMethods.Get : Text(ref reader, name)?.ToUpperInvariant();
                break;
            case "url":
                _url = Text(ref reader, name);
                break;
            case "if":
                _if = Text(ref reader, name);
                break;
            case "atomicityGroup":
                _group = Text(ref reader, name);
                break;
            case "dependsOn":
                ReadDependsOn(ref reader);
                break;
            case "headers":
                ReadHeaders(ref reader);
                break;
            default:
                ReadBody(ref reader, utf8);
                break;
        }
    }

    string Name => _id is null ? $"request {number}" : $"request '{_id}'";

    string? Text(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        if (reader.TokenType != JsonTokenType.Null)
        {
            Fault($"'{name}' is no string");
        }

        reader.Skip();
        return null;
    }

    void ReadDependsOn(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            FaultUnlessNull(ref reader, "'dependsOn' is no array of ids");
            return;
        }

        var ids = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Text(ref reader, "dependsOn") is { } id)
            {
                ids.Add(id);
            }
        }

        _dependsOn = [.. ids];
    }

    void ReadHeaders(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            FaultUnlessNull(ref reader, "'headers' is no object");
            return;
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(Token))
            {
                Fault($"'{name}' is no name of a header");
            }
            else if (!names.Add(name))
            {
                Fault($"The header '{name}' is there twice");
            }

            ReadHeader(ref reader, name);
        }
    }

    void ReadHeader(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            Fault($"The header '{name}' is no string");
            reader.Skip();
        }
        else if (reader.TokenType != JsonTokenType.Null)
        {
            var value = reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);
            if (!IsHeaderValue(value))
            {
                Fault($"The header '{name}' holds a control character");
            }

            (_headers ??= []).Add((name, value));
        }
    }

    void ReadBody(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        var start = (int)reader.TokenStartIndex;
        var isNull = reader.TokenType == JsonTokenType.Null;
        reader.Skip();
        _body = isNull ? default(ReadOnlyMemory<byte>?) : utf8[start..(int)reader.BytesConsumed];
    }

    BatchCall? Make()
    {
        FaultIfMissing(_id, "id");
        FaultIfMissing(_method, "method");
        FaultIfMissing(_url, "url");
        if (_method is { Length: > 0 } && _method.AsSpan().ContainsAnyExcept(Token))
        {
            Fault($"'{_method}' is no method");
        }

        return string.IsNullOrEmpty(_id) || string.IsNullOrEmpty(_method) || string.IsNullOrEmpty(_url) ? null : new BatchCall
        {
            Id = _id,
            Method = _method,
            Url = _url,
            Headers = _headers is null ? [] : [.. _headers],
            Body = _body,
            DependsOn = _dependsOn,
            If = _if,
            AtomicityGroup = _group,
        };
    }

    /// <summary>Whether a text can be a header's value without making another header of a part of it.</summary>
    public static bool IsHeaderValue(string value) => !value.AsSpan().ContainsAny(ControlCharacters);

    static readonly SearchValues<char> ControlCharacters = SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c != '\t').Select(c => (char)c), '\x7f']);

    void FaultIfMissing(string? value, string name)
    {
        if (string.IsNullOrEmpty(value))
        {
            Fault($"'{name}' is missing");
        }
    }

    void FaultUnlessNull(ref Utf8JsonReader reader, string fault)
    {
        if (reader.TokenType != JsonTokenType.Null)
        {
            Fault(fault);
        }

        reader.Skip();
    }

    void Fault(string fault) => faults.Add($"{char.ToUpperInvariant(Name[0])}{Name[1..]}: {fault}");
}
