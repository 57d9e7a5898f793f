using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tutti.Gateway.Aggregation.Wire;

/// <summary>Walks a JSON document strictly: every name once, every value of its type, and each fault told with its place.</summary>
internal ref struct JsonCursor
{
    /// <summary>Names beyond this many bytes are refused: no field needs them.</summary>
    const int MaxNameBytes = 1_024;

    /// <summary>How many fields that nobody knows an object may have.</summary>
    const int MaxUnknownNames = 1_000;

    Utf8JsonReader _json;

    public JsonCursor(ReadOnlySequence<byte> utf8, int maxDepth)
    {
        var body = RequestMedia.WithoutByteOrderMark(utf8);
        var options = new JsonReaderOptions { MaxDepth = maxDepth };
        _json = body.IsSingleSegment ? new Utf8JsonReader(body.FirstSpan, options) : new Utf8JsonReader(body, options);
    }

    /// <summary>The object that is being read, as a prefix for the names of its fields; set by the reader of the document.</summary>
    public string Within { get; set; } = "";

    /// <summary>Reads the beginning of an object.</summary>
    public void Object(string field)
    {
        _json.Read();
        ObjectHere(field);
    }

    /// <summary>Checks that an object begins here.</summary>
    public readonly void ObjectHere(string field)
    {
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            throw Bad(field, "must be an object");
        }
    }

    /// <summary>Reads the beginning of an array.</summary>
    /// <returns>False for null.</returns>
    public bool Array(string field)
    {
        _json.Read();
        return _json.TokenType switch
        {
            JsonTokenType.StartArray => true,
            JsonTokenType.Null => false,
            _ => throw Bad(field, "must be an array"),
        };
    }

    /// <summary>Goes to the next entry of an array.</summary>
    public bool NextEntry() => _json.Read() && _json.TokenType != JsonTokenType.EndArray;

    /// <summary>Goes to the next field of an object.</summary>
    public bool NextField()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        var bytes = _json.HasValueSequence ? _json.ValueSequence.Length : _json.ValueSpan.Length;
        if (bytes > MaxNameBytes)
        {
            throw Bad("", $"has a field whose name is {bytes} bytes long; {MaxNameBytes} is the most");
        }

        if (_json.ValueIsEscaped)
        {
            // Comparing an escaped name throws where its escapes are no text.
            Unescaped("");
        }

        return true;
    }

    /// <summary>Whether the field's name is this.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _json.ValueTextEquals(name);

    /// <summary>Notes that a field was met; a second time is a fault.</summary>
    public readonly void Once(ref bool seen, string field)
    {
        if (seen)
        {
            throw Bad(field, "stands there twice");
        }

        seen = true;
    }

    /// <summary>Reads a text; null for null.</summary>
    public string? Text(string field)
    {
        _json.Read();
        return TextHere(field);
    }

    readonly string? TextHere(string field) => _json.TokenType switch
    {
        JsonTokenType.String => Unescaped(field),
        JsonTokenType.Null => null,
        _ => throw Bad(field, "must be a string"),
    };

    /// <summary>Reads a text that recurs from request to request; null for null.</summary>
    public string? Name(string field)
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.String && !_json.ValueIsEscaped && !_json.HasValueSequence && Ascii.IsValid(_json.ValueSpan)
            ? KnownTexts.Of(_json.ValueSpan)
            : TextHere(field);
    }

    /// <summary>Reads a duration: a whole number of milliseconds, 0 or more; null for null.</summary>
    public int? Milliseconds(string field)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return _json.TokenType == JsonTokenType.Number && _json.TryGetDouble(out var number) && number >= 0 && Math.Floor(number) == number && double.IsFinite(number)
            ? (int)Math.Min(number, int.MaxValue)
            : throw Bad(field, "must be a whole number of milliseconds, 0 or more");
    }

    /// <summary>Passes over a field that nobody knows.</summary>
    public void Unknown(ref HashSet<string>? names)
    {
        names ??= new HashSet<string>(StringComparer.Ordinal);
        if (!names.Add(Unescaped("")) || names.Count > MaxUnknownNames)
        {
            throw Bad("", names.Count > MaxUnknownNames ? $"has more than {MaxUnknownNames} unknown fields" : "has a field twice");
        }

        _json.Skip();
    }

    /// <summary>Checks that nothing follows the document.</summary>
    public void End()
    {
        while (_json.Read())
        {
        }
    }

    /// <summary>A fault of the field, with the place that was reached.</summary>
    public readonly BadAggregateException Bad(string field, string message)
    {
        var path = $"{Within}{field}".TrimEnd('.');
        return new BadAggregateException($"{(path.Length == 0 ? "the document" : path)} {message} (before byte {_json.BytesConsumed + 1})");
    }

    readonly string Unescaped(string field)
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Bad(field, "holds half a surrogate pair or invalid UTF-8");
        }
    }
}
