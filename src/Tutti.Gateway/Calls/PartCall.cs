using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Calls;

/// <summary>One thing to fetch: a part with its values in place.</summary>
internal sealed record PartCall(PartModel Part, Uri Uri, CallHeader[] Headers, string? Body)
{
    /// <summary>The ids that the backend is told.</summary>
    public required CallIds Ids { get; init; }

    /// <summary>The trace that the backend is told.</summary>
    public required TraceContext Trace { get; init; }

    /// <summary>Compares calls by what the backend is asked, not by who asks.</summary>
    public static IEqualityComparer<PartCall> ByQuestion { get; } = EqualityComparer<PartCall>.Create(
        static (a, b) => a!.Asks(b!),
        static call => call.Uri.OriginalString.GetHashCode(StringComparison.Ordinal));

    /// <summary>Whether the backend would be asked the very same.</summary>
    public bool Asks(PartCall other) =>
        ReferenceEquals(Part, other.Part)
        && Uri.OriginalString == other.Uri.OriginalString
        && Body == other.Body
        && Headers.AsSpan().SequenceEqual(other.Headers);

    /// <summary>Makes the request; a message is sent once, so each attempt takes a new one.</summary>
    /// <param name="acceptEncoding">The content codings that the reader of the answer understands.</param>
    public HttpRequestMessage ToRequest(Uri uri, string? acceptEncoding)
    {
        var request = new HttpRequestMessage(Part.Method, uri) { Version = Part.Version.Version, VersionPolicy = Part.Version.Policy };
        var headers = request.Headers;
        string? contentType = null;
        var hasUserAgent = false;
        foreach (var (name, value) in Headers)
        {
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                contentType ??= value;
                continue;
            }

            hasUserAgent |= name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase);
            Add(request, name, value);
        }

        if (!hasUserAgent)
        {
            headers.TryAddWithoutValidation("User-Agent", "Tutti");
        }

        if (acceptEncoding is not null)
        {
            headers.TryAddWithoutValidation("Accept-Encoding", acceptEncoding);
        }

        Ids.AddTo(headers, Part.Id);
        Trace.AddTo(headers);
        AddBody(request, contentType);
        return request;
    }

    static void Add(HttpRequestMessage request, string name, string value)
    {
        // What describes a body belongs to the content in HttpClient's model; without a body it has no place.
        if (!request.Headers.TryAddWithoutValidation(name, value) && request.Content is { } content)
        {
            content.Headers.TryAddWithoutValidation(name, value);
        }
    }

    void AddBody(HttpRequestMessage request, string? contentType)
    {
        if (!Part.TakesBody)
        {
            return;
        }

        request.Content = new ByteArrayContent(Body is null ? [] : Encoding.UTF8.GetBytes(Body));
        if (Body is not null || contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType ?? "text/plain; charset=UTF-8");
        }

        foreach (var (name, value) in Headers)
        {
            if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
