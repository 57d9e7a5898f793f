using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>
/// Compares a JSON document with the type that it is to become and names every field that does not fit; the serializer alone stops
/// at the first and names .NET's types. What does not fit is mended, so that the rules can be asked about the rest.
/// </summary>
/// <param name="strict">Whether a field that the type does not have is a fault.</param>
internal sealed class JsonShape(Utf8JsonWriter mended, bool strict, List<Fault> faults)
{
    /// <summary>Nobody reads more, and a small file of garbage must not become a large answer.</summary>
    const int MostFaults = 1_000;

    /// <summary>Writes the document without what does not fit.</summary>
    /// <returns>Whether enough of it fits to go on with.</returns>
    public bool Mend(JsonElement root, JsonTypeInfo type)
    {
        if (Misfit(root, type) is { } message)
        {
            faults.Add(new Fault("", message));
            return false;
        }

        Write(root, type, "");
        if (faults.Count >= MostFaults)
        {
            return false;
        }

        mended.Flush();
        return true;
    }

    void Write(JsonElement element, JsonTypeInfo type, string path)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when element.ValueKind is JsonValueKind.Object:
                WriteObject(element, type, path);
                break;
            case JsonTypeInfoKind.Enumerable when element.ValueKind is JsonValueKind.Array:
                WriteArray(element, type.Options.GetTypeInfo(type.ElementType!), path);
                break;
            default:
                element.WriteTo(mended);
                break;
        }
    }

    void WriteArray(JsonElement array, JsonTypeInfo type, string path)
    {
        mended.WriteStartArray();
        var index = 0;
        foreach (var item in array.EnumerateArray().TakeWhile(_ => faults.Count < MostFaults))
        {
            var at = $"{path}[{index++}]";
            if (Misfit(item, type) is { } message)
            {
                faults.Add(new Fault(at, message));
                JsonStandIn.Write(mended, type);
            }
            else
            {
                Write(item, type, at);
            }
        }

        mended.WriteEndArray();
    }

    void WriteObject(JsonElement element, JsonTypeInfo type, string path)
    {
        mended.WriteStartObject();
        var missing = type.Properties.Where(property => property.IsRequired).ToDictionary(property => property.Name, StringComparer.Ordinal);
        foreach (var field in element.EnumerateObject().TakeWhile(_ => faults.Count < MostFaults))
        {
            var at = Join(path, field.Name);
            if (type.Properties.FirstOrDefault(property => property.Name == field.Name) is { } property)
            {
                missing.Remove(field.Name);
                WriteField(field.Value, property, type, at);
            }
            else if (strict)
            {
                faults.Add(new Fault(at, "There is no such field"));
            }
        }

        foreach (var property in missing.Values)
        {
            faults.Add(new Fault(Join(path, property.Name), "Is missing"));
            JsonStandIn.Write(mended, property, type);
        }

        mended.WriteEndObject();
    }

    void WriteField(JsonElement value, JsonPropertyInfo property, JsonTypeInfo owner, string at)
    {
        var type = owner.Options.GetTypeInfo(property.PropertyType);
        var message = value.ValueKind is not JsonValueKind.Null ? Misfit(value, type) : MayBeNull(property) ? null : "Must not be null";
        if (message is null)
        {
            mended.WritePropertyName(property.Name);
            Write(value, type, at);
            return;
        }

        faults.Add(new Fault(at, message));
        if (property.IsRequired)
        {
            JsonStandIn.Write(mended, property, owner);
        }
    }

    /// <summary>Why an element cannot stand for a type, not looking inside of it; null if it can.</summary>
    static string? Misfit(JsonElement element, JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object => element.ValueKind is JsonValueKind.Object ? null : $"Must be an object, not {Name(element)}",
        JsonTypeInfoKind.Enumerable => element.ValueKind is JsonValueKind.Array ? null : $"Must be an array, not {Name(element)}",
        _ => MisfitOfValue(element, Nullable.GetUnderlyingType(type.Type) ?? type.Type),
    };

    static string? MisfitOfValue(JsonElement element, Type type)
    {
        var (fits, wanted) = Type.GetTypeCode(type) switch
        {
            _ when type == typeof(ParamKind) => (IsText(element) && ParamKinds.Find(element.GetString()!) is not null, ParamKinds.All),
            TypeCode.String => (IsText(element), "a string of whole characters"),
            TypeCode.Boolean => (element.ValueKind is JsonValueKind.True or JsonValueKind.False, "true or false"),
            TypeCode.Int32 => (element.ValueKind is JsonValueKind.Number && element.TryGetInt32(out _), "a whole number below 2,147,483,648"),
            TypeCode.Int64 => (element.ValueKind is JsonValueKind.Number && element.TryGetInt64(out _), "a whole number"),
            TypeCode.Decimal => (element.ValueKind is JsonValueKind.Number && element.TryGetDecimal(out _), "a number"),
            TypeCode.Double => (element.ValueKind is JsonValueKind.Number && element.TryGetDouble(out var number) && double.IsFinite(number), "a number"),
            _ => (true, ""),
        };
        return fits ? null : $"Must be {wanted}, not {Name(element)}";
    }

    /// <summary>An escaped lone surrogate is valid JSON and yet no text.</summary>
    static bool IsText(JsonElement element)
    {
        try
        {
            return element.ValueKind is JsonValueKind.String && element.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    static bool MayBeNull(JsonPropertyInfo property) => property.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(property.PropertyType) is not null
        : property.AssociatedParameter?.IsNullable ?? property.IsSetNullable;

    static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    static string Name(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.Null or JsonValueKind.Undefined => "null",
        _ when element.GetRawText() is { Length: > 40 } text => $"{text[..40]}…",
        _ => element.GetRawText(),
    };
}
