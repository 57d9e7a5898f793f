using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.ProxyCache;

/// <summary>How the answers of one service are cached: its settings, compiled.</summary>
internal sealed class ServiceCache
{
    ServiceCache(ServiceModel service)
    {
        var config = service.Config.Cache;
        Name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{service.Name}\n{service.Config.Version}\n");
        Origin = $"proxy:{service.Name}";
        Grace = (uint)(config.Grace / 1_000);
        HonoursRequests = config.HonourRequests;
        Ignored = [.. config.IgnoreArguments];
        IgnoresEmpty = config.IgnoreEmptyArguments;
        Idle = TimeSpan.FromMilliseconds(service.Config.Timeouts.Idle);
        Rules = RuleSettings.Proxy with { HonoursRequests = HonoursRequests };
    }

    /// <summary>What keys begin with. It holds the version of the service: an answer of other settings is not found.</summary>
    public string Name { get; }

    /// <summary>The scope of its cache groups (RFC 9875).</summary>
    public string Origin { get; }

    /// <summary>How long, in seconds, an answer is used beyond its time where the service fails.</summary>
    public uint Grace { get; }

    public bool HonoursRequests { get; }

    /// <summary>The query arguments that tell no answers apart.</summary>
    public string[] Ignored { get; }

    public bool IgnoresEmpty { get; }

    /// <summary>The longest silence between two pieces of a body.</summary>
    public TimeSpan Idle { get; }

    public RuleSettings Rules { get; }

    /// <summary>Found in one step once the model was asked for; null where the service is not cached.</summary>
    public static ServiceCache? Of(ServiceModel service)
    {
        if (service.Config.Cache.Off)
        {
            return null;
        }

        return service.CacheState as ServiceCache ?? Attach(service);
    }

    static ServiceCache Attach(ServiceModel service)
    {
        var cache = new ServiceCache(service);
        service.CacheState = cache;
        return cache;
    }
}
