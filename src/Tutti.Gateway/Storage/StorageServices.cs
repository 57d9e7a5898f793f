using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Tutti.Gateway.Storage;

/// <summary>Registers the database.</summary>
internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TuttiDatabase>();
        services.TryAddSingleton<DatabaseMigrator>();
        services.TryAddSingleton<ChangeListener>();
        return services;
    }
}
