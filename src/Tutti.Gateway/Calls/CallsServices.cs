using Tutti.Gateway.Calls.Connections;

namespace Tutti.Gateway.Calls;

/// <summary>Registers what sends calls to backends.</summary>
internal static class CallsServices
{
    public static IServiceCollection AddCalls(this IServiceCollection services) => services
        .AddSingleton<ICallTargets, NoTargets>()
        .AddSingleton<BackendConnections>()
        .AddSingleton<UnsafeAnswers>()
        .AddSingleton<ServiceCalls>()
        .AddSingleton<PartSender>();
}
