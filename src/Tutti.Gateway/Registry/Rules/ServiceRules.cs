using System.Text.RegularExpressions;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry.Rules;

/// <summary>What services, bundles and instances must keep to.</summary>
internal sealed partial class ServiceRules(AllowedHosts allowed)
{
    const int Day = 86_400_000;

    public static IReadOnlyList<Fault> Check(ServiceConfig service, ServiceFacts facts)
    {
        var faults = new List<Fault>(0);
        faults.RequireName(service.Name, "name");
        faults.RequireText(service.Owner, TextRules.Short, "owner");
        faults.RequireText(service.Description, TextRules.Long, "description");
        faults.Require(ServiceProtocols.IsOne(service.Protocol), "protocol", $"Must be http, tcp or udp, not '{service.Protocol}'");
        faults.Require(service.Locate is null or "proxy" or "instance", "locate", $"Must be proxy or instance, not '{service.Locate}'");
        faults.Require(JsonModes.IsOne(service.Json), "json", $"Must be off, checked or required, not '{service.Json}'");
        faults.RequireRange(service.Retries, 0, 5, "retries");
        RouteRules.Check(service, facts, faults);
        CheckBackend(service, faults);
        CheckSource(service, faults);
        CheckHealth(service, faults);
        CheckCircuit(service, faults);
        CheckCache(service, faults);
        return faults;
    }

    public static IReadOnlyList<Fault> Check(BundleConfig bundle, ServiceFacts facts)
    {
        var faults = new List<Fault>(0);
        faults.RequireName(bundle.BundleId, "bundleId");
        faults.RequireName(bundle.Name, "name");
        faults.RequireName(bundle.BundleVersion, "bundleVersion");
        faults.RequireText(bundle.Owner, TextRules.Short, "owner");
        faults.RequireRange(bundle.StartTimeout, 1, Day, "startTimeout");
        faults.Require(bundle.KeyHash is null || Sha256().IsMatch(bundle.KeyHash), "keyHash", "Must be a SHA-256 in 64 hexadecimal digits");
        for (var i = 0; i < bundle.Endpoints.Count; i++)
        {
            CheckEndpoint(bundle, i, facts, faults);
        }

        return faults;
    }

    public IReadOnlyList<Fault> Check(InstanceConfig instance, ServiceFacts facts)
    {
        var faults = new List<Fault>(0);
        faults.RequireName(instance.InstanceId, "instanceId");
        faults.RequireText(instance.Zone, TextRules.Short, "zone");
        faults.RequireRange(instance.Weight, 0, 1_000, "weight");
        faults.RequireRange(instance.Lease, 1_000, Day, "lease");
        faults.Require(instance.Addresses.Count > 0, "addresses", "Must hold one address or more");
        var bundle = instance.Bundle is { } id ? facts.Bundle(id) : null;
        faults.Require(instance.Bundle is null || bundle is not null, "bundle", $"There is no bundle '{instance.Bundle}'");
        for (var i = 0; i < instance.Addresses.Count; i++)
        {
            CheckAddress(instance, bundle, i, facts, faults);
        }

        return faults;
    }

    static void CheckEndpoint(BundleConfig bundle, int index, ServiceFacts facts, List<Fault> faults)
    {
        var endpoint = bundle.Endpoints[index];
        faults.RequireName(endpoint.Name, $"endpoints[{index}].name");
        var isTwice = bundle.Endpoints.Take(index).Any(other => other.Name == endpoint.Name);
        faults.Require(!isTwice, $"endpoints[{index}].name", $"There is another endpoint '{endpoint.Name}'");
        faults.Require(facts.Service(endpoint.Service) is not null, $"endpoints[{index}].service", $"There is no service '{endpoint.Service}'");

        // Versions of one bundle stand in for each other; another bundle would take the name away.
        var other = facts.OffersOf(endpoint.Service).FirstOrDefault(offer => offer.Name != bundle.Name);
        faults.Require(other is null, $"endpoints[{index}].service", $"The service '{endpoint.Service}' is offered by bundle '{other?.Name}'");
    }

    void CheckAddress(InstanceConfig instance, BundleConfig? bundle, int index, ServiceFacts facts, List<Fault> faults)
    {
        var (name, address) = (instance.Addresses[index].Service, instance.Addresses[index].Address);
        var (atService, atAddress) = ($"addresses[{index}].service", $"addresses[{index}].address");
        faults.Require(!instance.Addresses.Take(index).Any(other => other.Service == name), atService, $"There is another address for '{name}'");
        faults.Require(
            bundle is null || bundle.Endpoints.Any(endpoint => endpoint.Service == name), atService, $"The bundle '{bundle?.BundleId}' has no endpoint for the service '{name}'");
        if (facts.Service(name) is not { } service)
        {
            faults.Add(new Fault(atService, $"There is no service '{name}'"));
            return;
        }

        var bundled = bundle is null ? facts.OffersOf(name).FirstOrDefault() : null;
        faults.Require(bundled is null, "bundle", $"The service '{name}' is offered by bundle '{bundled?.Name}': say which of its versions runs there");
        if (InstanceAddress.Parse(address, service.Protocol) is not { } uri)
        {
            faults.Add(new Fault(atAddress, $"Must be scheme://host:port or host:port for {service.Protocol}, and a place that can be reached, not '{address}'"));
        }
        else if (!allowed.Allows(uri))
        {
            faults.Add(new Fault(atAddress, $"{uri.Authority} is not among the allowed hosts (Tutti:Registry:AllowedHosts)"));
        }
    }

    static void CheckBackend(ServiceConfig service, List<Fault> faults)
    {
        var version = service.Backend.HttpVersion;
        faults.Require(version is "auto" or "1.1" or "2", "backend.httpVersion", $"Must be auto, 1.1 or 2, not '{version}'");
        faults.RequireRange(service.Backend.MaxRequestBytes, 1, long.MaxValue, "backend.maxRequestBytes");
        faults.RequireRange(service.Timeouts.Connect, 1, int.MaxValue, "timeouts.connect");
        faults.RequireRange(service.Timeouts.Answer, 1, int.MaxValue, "timeouts.answer");
        faults.RequireRange(service.Timeouts.Idle, 1, int.MaxValue, "timeouts.idle");
        var policy = service.Balance.Policy;
        faults.Require(policy is BalanceConfig.LeastOfTwo or BalanceConfig.RoundRobin, "balance.policy", $"Must be leastOfTwo or roundRobin, not '{policy}'");
        var cookie = service.Balance.StickyCookie;
        faults.Require(cookie is null || Token().IsMatch(cookie), "balance.stickyCookie", "Must be a name that a cookie can have");
    }

    static void CheckSource(ServiceConfig service, List<Fault> faults)
    {
        if (service.Source is not { } source)
        {
            return;
        }

        faults.Require(source.Kind is SourceConfig.Dns or SourceConfig.Srv or SourceConfig.Discovery, "source.kind", $"Must be dns, srv or discovery, not '{source.Kind}'");
        faults.RequireText(source.Name, TextRules.Short, "source.name");
        faults.Require(
            source.Kind != SourceConfig.Dns || InstanceAddress.Parse(source.Name, service.Protocol) is not null, "source.name", "Must be host:port, or scheme://host:port");
        faults.Require(
            source.Kind != SourceConfig.Srv || SrvName.Parse(source.Name, service.Protocol) is not null, "source.name", "Must be the name of SRV records, such as _http._tcp.customers.internal");
        faults.Require(source.Name.Length > 0, "source.name", "Must not be empty");
        faults.RequireRange(source.Refresh, 1_000, Day, "source.refresh");
    }

    static void CheckHealth(ServiceConfig service, List<Fault> faults)
    {
        faults.RequireRange(service.Eviction.Failures, 1, int.MaxValue, "eviction.failures");
        faults.RequireRange(service.Eviction.For, 0, Day, "eviction.for");
        if (service.HealthCheck is not { } check)
        {
            return;
        }

        faults.Require(service.Protocol != ServiceProtocols.Udp, "healthCheck", "There is nothing to probe on udp");
        faults.Require(RouteRules.IsPath(check.Path), "healthCheck.path", "Must begin with '/' and hold nothing that needs an escape");
        faults.RequireRange(check.Interval, 100, Day, "healthCheck.interval");
        faults.RequireRange(check.Timeout, 1, Day, "healthCheck.timeout");
        faults.RequireRange(check.FailAfter, 1, 100, "healthCheck.failAfter");
        faults.RequireRange(check.PassAfter, 1, 100, "healthCheck.passAfter");
    }

    static void CheckCircuit(ServiceConfig service, List<Fault> faults)
    {
        faults.Require(service.Circuit.FailureRatio is null or (> 0 and <= 1), "circuit.failureRatio", "Must be above 0 and at most 1");
        faults.RequireRange(service.Circuit.MinimumCalls, 1, int.MaxValue, "circuit.minimumCalls");
        faults.RequireRange(service.Circuit.Window, 1_000, 600_000, "circuit.window");
        faults.RequireRange(service.Circuit.Break, 1, int.MaxValue, "circuit.break");
        faults.RequireRange(service.Pool.Size, 1, int.MaxValue, "pool.size");
        faults.RequireRange(service.Pool.Queue, 0, int.MaxValue, "pool.queue");
    }

    static void CheckCache(ServiceConfig service, List<Fault> faults)
    {
        const int Most = 64;
        faults.RequireRange(service.Cache.Grace, 0, Day, "cache.grace");
        var ignored = service.Cache.IgnoreArguments;
        faults.Require(ignored.Count <= Most, "cache.ignoreArguments", $"Must hold {Most} names or fewer");
        for (var i = 0; i < ignored.Count; i++)
        {
            faults.Require(Argument().IsMatch(ignored[i]), $"cache.ignoreArguments[{i}]", "Must be the name of a query argument, or its beginning and '*'");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9._~!$'()+,;:@/-]{1,64}\*?$")]
    private static partial Regex Argument();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Sha256();

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$")]
    private static partial Regex Token();
}
