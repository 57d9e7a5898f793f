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

    /// <summary>A prefix that was taken off before the request reached the app, so that no path that the app sees begins with it.</summary>
    public required string ForwardedPrefix { get; init; }

    public required long? MaxRequestBodySize { get; init; }

    public required string TraceIdentifier { get; init; }

    public required (string Name, StringValues Value)[] Headers { get; init; }

    public required CallConnection Connection { get; init; }

    public required (Type Type, object Feature)[] Carried { get; init; }

    public required Activity? Activity { get; init; }

    public static BatchOrigin Of(HttpContext batch, HeaderRules rules)
    {
        var request = batch.Request;
        var prefix = ForwardedPrefixOf(batch);
        var whole = $"{request.PathBase.Value}{request.Path.Value}";
        var slash = whole.TrimEnd('/').LastIndexOf('/');
        var connection = new CallConnection();
        connection.CopyFrom(batch.Features.GetRequiredFeature<IHttpConnectionFeature>());
        return new BatchOrigin
        {
            Protocol = request.Protocol,
            Scheme = request.Scheme,
            Host = request.Host.Value ?? "",
            Folder = whole[..(slash + 1)],
            IsServiceRoot = whole.AsSpan(slash + 1).TrimEnd('/').Equals("$batch", StringComparison.OrdinalIgnoreCase),
            ForwardedPrefix = prefix,
            MaxRequestBodySize = batch.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize,
            TraceIdentifier = batch.TraceIdentifier,
            Headers = rules.Inherited(request.Headers),
            Connection = connection,
            Carried = rules.Carried(batch.Features),
            Activity = Activity.Current,
        };
    }

    /// <summary>A path base that stands in the request's own path was put there by the app, which does so again for each call.</summary>
    static string ForwardedPrefixOf(HttpContext batch)
    {
        var pathBase = batch.Request.PathBase.ToUriComponent();
        return pathBase.Length > 0 && !batch.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.StartsWith(pathBase, StringComparison.OrdinalIgnoreCase)
            ? batch.Request.PathBase.Value!
            : "";
    }
}
