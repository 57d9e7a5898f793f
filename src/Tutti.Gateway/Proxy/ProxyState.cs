using Tutti.Gateway.Locator;
using Tutti.Gateway.Proxy.Counting;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Resilience;
using Yarp.ReverseProxy.Forwarder;

namespace Tutti.Gateway.Proxy;

/// <summary>What the proxy keeps of a service: what outlives its models, and what follows from its settings.</summary>
internal sealed class ProxyState(ServiceState service, LivingProxy living, ServiceConfig config)
{
    public string Name => living.Name;

    public ServiceState Service => service;

    public PartCircuit Circuit => living.Circuit;

    public PartPool Pool => living.Pool;

    public ProxyStats Stats => living.Stats;

    public TimeSpan AnswerTimeout { get; } = TimeSpan.FromMilliseconds(config.Timeouts.Answer);

    /// <summary>How the forwarder speaks to plain instances.</summary>
    public ForwarderRequestConfig Plain { get; } = ConfigOf(config, isTls: false);

    /// <summary>How it speaks to instances under TLS.</summary>
    public ForwarderRequestConfig Tls { get; } = ConfigOf(config, isTls: true);

    static ForwarderRequestConfig ConfigOf(ServiceConfig config, bool isTls)
    {
        var versions = Registry.HttpVersions.Of(config.Backend.HttpVersion, isTls);
        return new ForwarderRequestConfig
        {
            ActivityTimeout = TimeSpan.FromMilliseconds(Math.Max(config.Timeouts.Idle, config.Timeouts.Answer)),
            Version = versions.Version,
            VersionPolicy = versions.Policy,
        };
    }
}
