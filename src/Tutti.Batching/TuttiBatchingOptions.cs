using System.ComponentModel.DataAnnotations;

namespace Tutti.Batching;

/// <summary>The limits of one batch, and what its requests take along. Everything is checked before any request starts.</summary>
public sealed class TuttiBatchingOptions
{
    readonly HashSet<Type> _carried = [];

    /// <summary>The most requests in one batch.</summary>
    [Range(1, 10_000)]
    public int MaxRequests { get; set; } = 100;

    /// <summary>How many requests of one batch run at once; the others wait for a place.</summary>
    [Range(1, 1_000)]
    public int MaxConcurrentRequests { get; set; } = 16;

    /// <summary>The largest body of a batch, and of a request with the values of earlier answers in it, in bytes.</summary>
    [Range(1_024, 1024 * 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>The largest answer of one request, in bytes.</summary>
    [Range(1_024, 1024 * 1024 * 1024)]
    public int MaxResponseBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>The most bytes of all answers together, and of all values that requests use of earlier answers.</summary>
    [Range(1_024, 1024 * 1024 * 1024)]
    public int MaxTotalResponseBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The longest url of a request, and the longest header with values of earlier answers in it, in characters.</summary>
    [Range(16, 65_536)]
    public int MaxUrlLength { get; set; } = 4_096;

    /// <summary>The deepest nesting of JSON, in a batch and in what its requests answer; deeper answers become strings.</summary>
    [Range(8, 1_000)]
    public int MaxJsonDepth { get; set; } = 64;

    /// <summary>How long a batch may take. What has not ended by then answers 504 in its place.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one request may take, from its own start; as long as the batch unless told.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>
    /// Headers that only what stands in front of the server may set: a request of a batch has those of the batch itself and can set none of
    /// them. Client certificates and identities that a proxy passes on are here; add what your proxy sets.
    /// </summary>
    public ISet<string> ProtectedHeaders { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "Client-Cert", "Client-Cert-Chain", "X-ARR-ClientCert", "X-Client-Cert", "X-SSL-Client-Cert", "X-SSL-Client-Verify", "X-Forwarded-Client-Cert",
        "X-MS-CLIENT-PRINCIPAL", "X-MS-CLIENT-PRINCIPAL-ID", "X-MS-CLIENT-PRINCIPAL-IDP", "X-MS-CLIENT-PRINCIPAL-NAME", "X-Remote-User", "Remote-User",
    };

    internal IReadOnlyCollection<Type> CarriedFeatures => _carried;

    /// <summary>
    /// Gives each request the batch's own feature of this type. Only what belongs to the connection and is safe to read from several
    /// requests at once may be carried.
    /// </summary>
    /// <typeparam name="TFeature">The type under which the feature is found.</typeparam>
    /// <returns>These options.</returns>
    public TuttiBatchingOptions CarryFeature<TFeature>()
        where TFeature : class
    {
        _carried.Add(typeof(TFeature));
        return this;
    }
}
