using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tutti.FunctionalTests.Hosting;

/// <summary>Holds answers against the schemas of an OpenAPI document, as far as that of the admin API goes.</summary>
internal sealed class DocumentSchema(JsonNode document)
{
    /// <summary>What is wrong with a value; nothing if it is as the schema says.</summary>
    public IEnumerable<string> Faults(JsonNode? value, JsonNode schema, string at)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            return Faults(value, document["components"]!["schemas"]![reference[(reference.LastIndexOf('/') + 1)..]]!, at);
        }

        if (schema["oneOf"] is JsonArray choices)
        {
            return choices.Any(choice => !Faults(value, choice!, at).Any()) ? [] : [$"{at}: none of the choices"];
        }

        return FaultsOfType(value, schema, at)
            .Concat(value is JsonObject fields ? FaultsOfFields(fields, schema, at) : [])
            .Concat(value is JsonArray items && schema["items"] is { } item ? items.SelectMany((entry, i) => Faults(entry, item, $"{at}[{i}]")) : []);
    }

    static IEnumerable<string> FaultsOfType(JsonNode? value, JsonNode schema, string at)
    {
        string[] types = schema["type"] switch
        {
            JsonArray several => [.. several.Select(type => type!.GetValue<string>())],
            { } one => [one.GetValue<string>()],
            null => [],
        };
        if (types.Length > 0 && !types.Any(type => Is(value, type)))
        {
            yield return $"{at}: {value?.ToJsonString() ?? "null"} is not {string.Join(" or ", types)}";
        }

        if (schema["enum"] is JsonArray names && !names.Any(name => JsonNode.DeepEquals(name, value)))
        {
            yield return $"{at}: {value?.ToJsonString() ?? "null"} is none of {names.ToJsonString()}";
        }
    }

    IEnumerable<string> FaultsOfFields(JsonObject fields, JsonNode schema, string at)
    {
        var missing = schema["required"]?.AsArray().Select(name => name!.GetValue<string>()).Where(name => !fields.ContainsKey(name)) ?? [];
        return missing.Select(name => $"{at}.{name}: missing")
            .Concat(fields.SelectMany(field => schema["properties"]?[field.Key] is { } known
                ? Faults(field.Value, known, $"{at}.{field.Key}")
                : schema["properties"] is null || at == "problem" ? [] : [$"{at}.{field.Key}: not in the document"]));
    }

    static bool Is(JsonNode? value, string type) => (value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        JsonValueKind.Null => type == "null",
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.Number => type == "number" || (type == "integer" && value!.ToJsonString().All(c => char.IsAsciiDigit(c) || c == '-')),
        _ => type == "boolean",
    };
}
