using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>Writes the least that can stand for a value which is missing or does not fit.</summary>
internal static class JsonStandIn
{
    public static void Write(Utf8JsonWriter json, JsonPropertyInfo property, JsonTypeInfo owner)
    {
        json.WritePropertyName(property.Name);
        Write(json, owner.Options.GetTypeInfo(property.PropertyType));
    }

    public static void Write(Utf8JsonWriter json, JsonTypeInfo type)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                json.WriteStartObject();
                foreach (var property in type.Properties.Where(property => property.IsRequired))
                {
                    Write(json, property, type);
                }

                json.WriteEndObject();
                break;
            case JsonTypeInfoKind.Enumerable:
                json.WriteStartArray();
                json.WriteEndArray();
                break;
            default:
                WriteValue(json, type.Type);
                break;
        }
    }

    static void WriteValue(Utf8JsonWriter json, Type type)
    {
        if (type == typeof(string))
        {
            json.WriteStringValue("");
        }
        else if (type == typeof(ParamKind))
        {
            json.WriteStringValue(ParamKinds.Name(ParamKind.Query));
        }
        else if (type == typeof(bool))
        {
            json.WriteBooleanValue(false);
        }
        else
        {
            json.WriteNumberValue(0);
        }
    }
}
