using Tutti.Gateway.Registry.Services.Routing;

namespace Tutti.Gateway.Registry.Services;

/// <summary>A service compiled: immutable, made once per change of it.</summary>
internal sealed class ServiceModel
{
    ServiceModel(ServiceConfig config, IReadOnlyList<Fault> faults)
    {
        Config = config;
        Faults = faults;
        IsHttp = config.Protocol == ServiceProtocols.Http;
        Prefix = IsHttp && !config.Route.Off ? RoutePattern.Prefix(config.Route.Prefix ?? $"/{Uri.EscapeDataString(config.Name)}") : null;
        Way = new BackendWay(null, config.Timeouts.Connect, config.Backend.VerifyTls, IsUtf8: true);
        Routes = faults.Count == 0 && IsHttp ? [.. RouteModel.Of(this)] : [];
    }

    public ServiceConfig Config { get; }

    public string Name => Config.Name;

    /// <summary>Why the service is disabled; empty for a healthy one.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    public bool IsHttp { get; }

    /// <summary>The public path prefix, without escapes and without a slash at its end; null if it has none.</summary>
    public string? Prefix { get; }

    public RouteModel[] Routes { get; }

    /// <summary>How connections to instances are opened.</summary>
    public BackendWay Way { get; }

    /// <summary>A place for what lives beside the model, so that a request finds it in one step.</summary>
    public object? State { get; set; }

    /// <summary>The like for what the proxy keeps.</summary>
    public object? ProxyState { get; set; }

    /// <summary>The like for what the cache of the proxy keeps.</summary>
    public object? CacheState { get; set; }

    public static ServiceModel Compile(ServiceConfig config, IReadOnlyList<Fault> faults) => new(config, faults);

    /// <summary>The HTTP version towards an instance.</summary>
    public HttpVersions VersionFor(Uri address) => HttpVersions.Of(Config.Backend.HttpVersion, address.Scheme == Uri.UriSchemeHttps);
}
