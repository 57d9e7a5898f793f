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
        if (Part.TakesBody)
        {
            request.Content = Body is null ? new ByteArrayContent([]) : ContentOf(Body);
        }

        AddParams(request);
        // Only params can have set these already.
        var hasParams = Headers.Length > 0;
        if (!hasParams || !request.Headers.NonValidated.Contains("User-Agent"))
        {
            request.Headers.TryAddWithoutValidation("User-Agent", "Tutti");
        }

        if (acceptEncoding is not null && (!hasParams || !request.Headers.NonValidated.Contains("Accept-Encoding")))
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", acceptEncoding);
        }

        Ids.AddTo(request.Headers, Part.Id);
        Trace.AddTo(request.Headers);
        return request;
    }

    void AddParams(HttpRequestMessage request)
    {
        foreach (var (name, value) in Headers)
        {
            // The gateway's own ids and trace are not hidden by a param of the same name (behaviour 28 of Octoparts).
            if (CallIds.IsOne(name) || Trace.Writes(name))
            {
                continue;
            }

            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                AddToContent(request.Content ??= new ByteArrayContent([]), name, value);
            }
        }
    }

    /// <summary>What describes a body belongs to the content in HttpClient's model, also where the body is empty.</summary>
    static void AddToContent(HttpContent content, string name, string value)
    {
        if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
        {
            content.Headers.Remove(name);
        }

        content.Headers.TryAddWithoutValidation(name, value);
    }

    static ByteArrayContent ContentOf(string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", "text/plain; charset=UTF-8");
        return content;
    }
}
