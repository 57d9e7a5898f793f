using System.Collections.Frozen;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Tutti.Batching.Dispatch;

/// <summary>Which headers and features a call has from its batch, and which it may set itself.</summary>
internal sealed class HeaderRules
{
    /// <summary>What belongs to one connection (RFC 9110, 7.6.1).</summary>
    static readonly string[] HopByHop =
    [
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
        "HTTP2-Settings", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions",
    ];

    /// <summary>
    /// Where the request came from. It has been read for the batch already; read once more it would take an address further back in the
    /// list, which anybody can write.
    /// </summary>
    static readonly string[] Forwarding =
    [
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-Forwarded-Port", "X-Forwarded-Scheme",
        "X-Original-For", "X-Original-Proto", "X-Original-Host", "X-Original-Prefix", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "True-Client-IP",
        "CF-Connecting-IP", "Fastly-Client-IP",
    ];

    /// <summary>Names that only a proxy or a server in front says, whatever stands behind: addresses, users, certificates.</summary>
    static readonly string[] OfProxies = ["X-Forwarded-", "MS-ASPNETCORE-"];

    /// <summary>What speaks of the batch as a whole: its body, its conditions, its representation.</summary>
    static readonly string[] OfTheBatch =
    [
        "Content-Length", "Content-Type", "Content-Encoding", "Content-Language", "Content-Location", "Content-MD5", "Content-Range",
        "Content-Disposition", "Content-Digest", "Digest", "Repr-Digest", "Expect", "If-Match", "If-None-Match", "If-Modified-Since",
        "If-Unmodified-Since", "If-Range", "Range", "Accept", "Accept-Encoding", "Accept-Charset", "Prefer", "Idempotency-Key",
        "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override",
    ];

    /// <summary>What the batch decides for its calls: their length is known, and what they answer is encoded as a whole.</summary>
    static readonly FrozenSet<string> Ignored = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "Content-Length", "Accept-Encoding", "Expect");

    readonly FrozenSet<string> _notInherited;
    readonly FrozenSet<string> _notSettable;
    readonly Type[] _carried;

    public HeaderRules(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<TuttiBatchingOptions>>().Value;
        string[] forwarding = [.. Forwarding, .. ForwardedNames(services.GetService<IOptions<ForwardedHeadersOptions>>()?.Value)];
        var certificate = services.GetService<IOptions<CertificateForwardingOptions>>()?.Value.CertificateHeader;
        _notInherited = FrozenSet.ToFrozenSet([.. HopByHop, .. forwarding, .. OfTheBatch], StringComparer.OrdinalIgnoreCase);
        _notSettable = FrozenSet.ToFrozenSet([.. HopByHop, .. forwarding, .. options.ProtectedHeaders, certificate ?? "X-Client-Cert"], StringComparer.OrdinalIgnoreCase);
        _carried = [typeof(ITlsConnectionFeature), typeof(ITlsHandshakeFeature), typeof(IConnectionItemsFeature), .. options.CarriedFeatures];
    }

    /// <summary>Whether a call that names this header may go on without it.</summary>
    public static bool IsIgnored(string name) => Ignored.Contains(name);

    /// <summary>Whether a call may not set this header.</summary>
    public bool IsRefused(string name) => _notSettable.Contains(name) || Array.Exists(OfProxies, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    public (string Name, StringValues Value)[] Inherited(IHeaderDictionary batch)
    {
        var named = batch.Connection.Count > 0 ? batch.GetCommaSeparatedValues(HeaderNames.Connection) : [];
        var inherited = new List<(string, StringValues)>(batch.Count);
        foreach (var (name, value) in batch)
        {
            if (!_notInherited.Contains(name) && name[0] != ':' && !named.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                inherited.Add((name, value));
            }
        }

        return [.. inherited];
    }

    public (Type Type, object Feature)[] Carried(IFeatureCollection batch)
    {
        var carried = new List<(Type, object)>();
        foreach (var type in _carried)
        {
            if (batch[type] is { } feature)
            {
                carried.Add((type, feature));
            }
        }

        return [.. carried];
    }

    static string[] ForwardedNames(ForwardedHeadersOptions? options) => options is null ? [] :
    [
        options.ForwardedForHeaderName, options.ForwardedProtoHeaderName, options.ForwardedHostHeaderName, options.ForwardedPrefixHeaderName,
        options.OriginalForHeaderName, options.OriginalProtoHeaderName, options.OriginalHostHeaderName, options.OriginalPrefixHeaderName,
    ];
}
