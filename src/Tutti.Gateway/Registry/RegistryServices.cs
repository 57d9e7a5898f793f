using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tutti.Gateway.Registry.Admin;
using Tutti.Gateway.Registry.Editing;
using Tutti.Gateway.Registry.Editing.Services;
using Tutti.Gateway.Registry.Rules;
using Tutti.Gateway.Registry.Store;
using Tutti.Gateway.Storage;

namespace Tutti.Gateway.Registry;

/// <summary>Registers the registry. The host binds <see cref="StorageOptions"/> and <see cref="RegistryOptions"/>.</summary>
internal static class RegistryServices
{
    public static IServiceCollection AddRegistry(this IServiceCollection services)
    {
        services.AddStorage();
        services.TryAddSingleton<PartRegistry>();
        services.AddSingleton<RegistryRules>();
        services.AddSingleton<PartEdits>();
        services.AddSingleton<ServiceEdits>();
        services.AddSingleton<BundleEdits>();
        services.AddSingleton<InstanceEdits>();
        services.AddSingleton<RegistryStore>();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, RegistryJson.Default);
        });
        services.AddHostedService<RegistryWatcher>();
        return services;
    }
}
