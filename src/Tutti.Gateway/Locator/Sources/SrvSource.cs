using System.Net;
using DnsClient;
using DnsClient.Protocol;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Sources;

/// <summary>Reads instances from SRV records (RFC 2782): their ports, weights and priorities, and how long they are true.</summary>
internal sealed class SrvSource(LocatorOptions options)
{
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    readonly Lazy<LookupClient> _client = new(() => ClientFor(options.NameServers));

    public async Task<SourceAnswer> AskAsync(SrvName name, CancellationToken ct)
    {
        var answer = await QueryAsync(name.Name, QueryType.SRV, ct);
        SrvRecord[] records = [.. answer.Answers.SrvRecords().Where(record => record.Target.Value != ".")];
        if (records.Length == 0)
        {
            return new SourceAnswer([]);
        }

        var first = records.Min(record => record.Priority);
        var heaviest = records.Max(record => record.Weight);
        var instances = new List<FoundInstance>();
        foreach (var record in records)
        {
            var weight = SrvWeights.Of(record.Weight, heaviest);
            instances.AddRange((await AddressesAsync(name, record, answer, ct)).Select(address => new FoundInstance(address, weight, record.Priority != first)));
        }

        return new SourceAnswer(instances, TimeSpan.FromSeconds(records.Min(record => record.TimeToLive)));
    }

    /// <summary>Plain targets by the addresses that the same server knows; under TLS the name is what the certificate is for.</summary>
    async Task<IEnumerable<Uri>> AddressesAsync(SrvName name, SrvRecord record, IDnsQueryResponse answer, CancellationToken ct)
    {
        var target = record.Target.Value;
        if (name.Scheme == Uri.UriSchemeHttps)
        {
            return AddressOf(name.Scheme, target.TrimEnd('.'), record.Port);
        }

        var told = answer.Additionals.AddressRecords().Where(address => address.DomainName.Equals(record.Target)).ToArray();
        return (told.Length > 0 ? told : await AddressesOfAsync(target, ct)).SelectMany(address => AddressOf(name.Scheme, Text(address.Address), record.Port));
    }

    async Task<AddressRecord[]> AddressesOfAsync(string host, CancellationToken ct)
    {
        var plain = QueryAsync(host, QueryType.A, ct);
        var six = QueryAsync(host, QueryType.AAAA, ct);
        return [.. (await plain).Answers.AddressRecords(), .. (await six).Answers.AddressRecords()];
    }

    /// <summary>That a name does not exist is an answer; any other trouble leaves what was told before.</summary>
    async Task<IDnsQueryResponse> QueryAsync(string name, QueryType type, CancellationToken ct)
    {
        var answer = await _client.Value.QueryAsync(name, type, cancellationToken: ct);
        return !answer.HasError || answer.Header.ResponseCode is DnsHeaderResponseCode.NotExistentDomain
            ? answer
            : throw new IOException($"The name server answered {answer.Header.ResponseCode} for {name}");
    }

    static IEnumerable<Uri> AddressOf(string scheme, string host, int port) => InstanceAddress.Parse($"{scheme}://{host}:{port}", scheme) is { } address ? [address] : [];

    static string Text(IPAddress address) => address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}";

    /// <summary>What was told is kept by the directory, so that a cache of its own would only add to the age.</summary>
    static LookupClient ClientFor(string[] servers) => new(new LookupClientOptions([.. servers.Select(IPEndPoint.Parse).Select(Whole)])
    {
        AutoResolveNameServers = servers.Length == 0,
        UseCache = false,
        Timeout = Timeout,
        Retries = 1,
        ThrowDnsErrors = false,
    });

    static IPEndPoint Whole(IPEndPoint server) => server.Port == 0 ? new IPEndPoint(server.Address, 53) : server;
}
