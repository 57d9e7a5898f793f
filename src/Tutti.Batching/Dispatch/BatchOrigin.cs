using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Tutti.Batching.Dispatch;

/// <summary>
/// What the calls of one batch have from its request: where it came from, for whom it was, and the headers that go along. It is copied, so
/// that a call that outlives the batch never looks into a request that the server has given to someone else.
/// </summary>
internal sealed class BatchOrigin
{
    public required string Protocol { get; init; }

    public required string Scheme { get; init; }

    public required string Host { get; init; }

    /// <summary>The folder of the batch's own path, as clients see it, with a slash at its end: relative urls begin there.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether absolute paths outside the folder are below it, as those of Graph's clients.</summary>
    public required bool IsServiceRoot { get; init; }

    /// <summary>The prefix that was taken off before the request reached the app, by the server or by a proxy: the app itself takes none of it off.</summary>
    public required string PathBase { get; init; }

    public required long? MaxRequestBodySize { get; init; }

    public required string TraceIdentifier { get; init; }

    public required (string Name, StringValues Value)[] Headers { get; init; }

    public required CallConnection Connection { get; init; }

    public required (Type Type, object Feature)[] Carried { get; init; }

    public required Activity? Activity { get; init; }

    public static BatchOrigin Of(HttpContext batch, HeaderRules rules)
    {
        var request = batch.Request;
        var whole = $"{request.PathBase.Value}{request.Path.Value}";
        var slash = whole.TrimEnd('/').LastIndexOf('/');
        return new BatchOrigin
        {
            Protocol = request.Protocol,
            Scheme = request.Scheme,
            Host = request.Host.Value ?? "",
            Folder = whole[..(slash + 1)],
            IsServiceRoot = whole.AsSpan(slash + 1).TrimEnd('/').Equals("$batch", StringComparison.OrdinalIgnoreCase),
            PathBase = PathBaseOf(batch),
            MaxRequestBodySize = batch.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize,
            TraceIdentifier = batch.TraceIdentifier,
            Headers = rules.Inherited(request.Headers),
            Connection = CallConnection.Of(batch.Features),
            Carried = rules.Carried(batch.Features),
            Activity = Activity.Current,
        };
    }

    /// <summary>
    /// A path base that does not stand in the request's own path was told by a proxy. Of one that does, the app takes off again for each call
    /// what the server has not.
    /// </summary>
    static string PathBaseOf(HttpContext batch)
    {
        var target = batch.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return target.StartsWith(batch.Request.PathBase.ToUriComponent(), StringComparison.OrdinalIgnoreCase)
            ? batch.Features.Get<ServerPathBase>()?.Value ?? ""
            : batch.Request.PathBase.Value!;
    }
}
