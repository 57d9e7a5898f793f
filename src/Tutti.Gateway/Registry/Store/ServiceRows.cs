using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Storage.Rows;

namespace Tutti.Gateway.Registry.Store;

/// <summary>Turns services, bundles and instances into rows, and rows into them.</summary>
internal static class ServiceRows
{
    public static ServiceRow Row(ServiceConfig service) =>
        new() { Name = service.Name, Settings = JsonSerializer.Serialize(service, SettingsJson.Default.ServiceConfig), Version = service.Version };

    public static BundleRow Row(BundleConfig bundle) =>
        new() { BundleId = bundle.BundleId, Settings = JsonSerializer.Serialize(bundle, SettingsJson.Default.BundleConfig), Version = bundle.Version };

    public static InstanceRow Row(InstanceConfig instance) => new()
    {
        InstanceId = instance.InstanceId,
        Bundle = instance.Bundle,
        Settings = JsonSerializer.Serialize(instance, SettingsJson.Default.InstanceConfig),
        Version = instance.Version,
    };

    public static ServiceConfig Read(ServiceRow row) =>
        (Read(row.Settings, SettingsJson.Default.ServiceConfig) ?? new ServiceConfig { Name = row.Name }) with { Name = row.Name, Version = row.Version };

    public static BundleConfig Read(BundleRow row) =>
        (Read(row.Settings, SettingsJson.Default.BundleConfig) ?? new BundleConfig { Name = row.BundleId }) with { BundleId = row.BundleId, Version = row.Version };

    public static InstanceConfig Read(InstanceRow row) =>
        (Read(row.Settings, SettingsJson.Default.InstanceConfig) ?? new InstanceConfig { InstanceId = row.InstanceId }) with
        {
            InstanceId = row.InstanceId,
            Bundle = row.Bundle,
            Version = row.Version,
        };

    /// <summary>Null for what cannot be read: the entry then stands there without addresses and routes, and the rest runs.</summary>
    static T? Read<T>(string json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
