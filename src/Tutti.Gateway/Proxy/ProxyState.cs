using Tutti.Gateway.Locator;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Resilience;
using Yarp.ReverseProxy.Forwarder;

namespace Tutti.Gateway.Proxy;

/// <summary>What the proxy keeps of a service: its circuit and pool, which outlive its models, and what follows from its settings.</summary>
internal sealed class ProxyState(ServiceState service, PartCircuit circuit, PartPool pool, ServiceConfig config)
{
    public ServiceState Service => service;

    public PartCircuit Circuit => circuit;

    public PartPool Pool => pool;

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
