using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace Tutti.Gateway.Hosting.Status;

/// <summary>
/// The configuration as nested JSON with secrets masked: what was set, and the defaults of what was not. Variables of the process's
/// environment that are no settings of a gateway are left out.
/// </summary>
internal static class ConfigurationTree
{
    static readonly string[] OwnPrefixes = ["Tutti", "Logging", "OTEL_", "ASPNETCORE_", "DOTNET_"];

    public static JsonObject Build(IConfiguration configuration, IServiceProvider services)
    {
        var tree = new JsonObject();
        foreach (var section in configuration.GetChildren().Where(section => IsSetting(configuration, section.Key)))
        {
            tree[section.Key] = NodeOf(section);
        }

        AddDefaults(tree, services);
        return tree;
    }

    static bool IsSetting(IConfiguration configuration, string key) =>
        OwnPrefixes.Any(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        || configuration is not IConfigurationRoot root
        || root.Providers.Any(provider => provider is not EnvironmentVariablesConfigurationProvider && Has(provider, key));

    static bool Has(IConfigurationProvider provider, string key) =>
        provider.TryGet(key, out _) || provider.GetChildKeys([], key).Any();

    static JsonNode? NodeOf(IConfigurationSection section)
    {
        if (!section.GetChildren().Any())
        {
            return section.Value is { } value ? SecretMask.Hide(section.Key, value) : null;
        }

        var node = new JsonObject();
        foreach (var child in section.GetChildren())
        {
            node[child.Key] = SecretMask.IsSecret(section.Key) ? SecretMask.Mask : NodeOf(child);
        }

        return node;
    }

    static void AddDefaults(JsonObject tree, IServiceProvider services)
    {
        var tutti = ChildOf(tree, "Tutti");
        foreach (var section in TuttiSections.All)
        {
            var node = ChildOf(tutti, section.Name);
            var options = services.GetRequiredService(section.Type);
            foreach (var property in section.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                if (!node.Any(known => known.Key.Equals(property.Name, StringComparison.OrdinalIgnoreCase)))
                {
                    node[property.Name] = DefaultOf(property.Name, property.GetValue(options));
                }
            }
        }
    }

    static JsonNode? DefaultOf(string name, object? value) => value switch
    {
        null => null,
        string text => SecretMask.Hide(name, text),
        IEnumerable<string> texts => new JsonArray([.. texts.Select(text => (JsonNode)SecretMask.Hide(name, text))]),
        _ => FormattableString.Invariant($"{value}"),
    };

    static JsonObject ChildOf(JsonObject node, string name)
    {
        var known = node.FirstOrDefault(child => child.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (known.Value is JsonObject child)
        {
            return child;
        }

        var made = new JsonObject();
        node[known.Key ?? name] = made;
        return made;
    }
}
