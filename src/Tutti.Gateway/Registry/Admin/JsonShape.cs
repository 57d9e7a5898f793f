using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>
/// Compares a JSON document with the type that it is to become and names every field that does not fit; the serializer alone stops
/// at the first and names .NET's types.
/// </summary>
internal static class JsonShape
{
    /// <param name="strict">Whether a field that the type does not have is a fault.</param>
    public static void Check(JsonElement element, JsonTypeInfo type, string path, bool strict, List<Fault> faults)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when element.ValueKind is JsonValueKind.Object:
                CheckObject(element, type, path, strict, faults);
                break;
            case JsonTypeInfoKind.Object:
                faults.Add(new Fault(path, $"Must be an object, not {Name(element)}"));
                break;
            case JsonTypeInfoKind.Enumerable when element.ValueKind is JsonValueKind.Array:
                var item = type.Options.GetTypeInfo(type.ElementType!);
                var index = 0;
                foreach (var entry in element.EnumerateArray())
                {
                    Check(entry, item, $"{path}[{index++}]", strict, faults);
                }

                break;
            case JsonTypeInfoKind.Enumerable:
                faults.Add(new Fault(path, $"Must be an array, not {Name(element)}"));
                break;
            default:
                CheckValue(element, Nullable.GetUnderlyingType(type.Type) ?? type.Type, path, faults);
                break;
        }
    }

    static void CheckObject(JsonElement element, JsonTypeInfo type, string path, bool strict, List<Fault> faults)
    {
        var missing = type.Properties.Where(property => property.IsRequired).Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var field in element.EnumerateObject())
        {
            missing.Remove(field.Name);
            var at = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            var property = type.Properties.FirstOrDefault(property => property.Name == field.Name);
            if (property is null)
            {
                if (strict)
                {
                    faults.Add(new Fault(at, "There is no such field"));
                }
            }
            else if (field.Value.ValueKind is not JsonValueKind.Null)
            {
                Check(field.Value, type.Options.GetTypeInfo(property.PropertyType), at, strict, faults);
            }
            else if (!MayBeNull(property))
            {
                faults.Add(new Fault(at, "Must not be null"));
            }
        }

        faults.AddRange(missing.Select(name => new Fault(path.Length == 0 ? name : $"{path}.{name}", "Is missing")));
    }

    static void CheckValue(JsonElement element, Type type, string path, List<Fault> faults)
    {
        var (fits, wanted) = Type.GetTypeCode(type) switch
        {
            _ when type == typeof(ParamKind) => (element.ValueKind is JsonValueKind.String && ParamKinds.Find(element.GetString()!) is not null, ParamKinds.All),
            TypeCode.String => (element.ValueKind is JsonValueKind.String && IsText(element), "a string of whole characters"),
            TypeCode.Boolean => (element.ValueKind is JsonValueKind.True or JsonValueKind.False, "true or false"),
            TypeCode.Int32 => (element.ValueKind is JsonValueKind.Number && element.TryGetInt32(out _), "a whole number below 2,147,483,648"),
            TypeCode.Int64 => (element.ValueKind is JsonValueKind.Number && element.TryGetInt64(out _), "a whole number"),
            TypeCode.Decimal => (element.ValueKind is JsonValueKind.Number && element.TryGetDecimal(out _), "a number"),
            TypeCode.Double => (element.ValueKind is JsonValueKind.Number && element.TryGetDouble(out var number) && double.IsFinite(number), "a number"),
            _ => (true, ""),
        };
        if (!fits)
        {
            faults.Add(new Fault(path, $"Must be {wanted}, not {Name(element)}"));
        }
    }

    /// <summary>An escaped lone surrogate is valid JSON and yet no text.</summary>
    static bool IsText(JsonElement element)
    {
        try
        {
            return element.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    static bool MayBeNull(JsonPropertyInfo property) => property.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(property.PropertyType) is not null
        : property.AssociatedParameter?.IsNullable ?? property.IsSetNullable;

    static string Name(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.Null or JsonValueKind.Undefined => "null",
        _ when element.GetRawText() is { Length: > 40 } text => $"{text[..40]}…",
        _ => element.GetRawText(),
    };
}
