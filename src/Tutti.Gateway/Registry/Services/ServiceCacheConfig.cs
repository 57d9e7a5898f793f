namespace Tutti.Gateway.Registry.Services;

/// <summary>How the answers of a service are cached for all its clients.</summary>
internal sealed record ServiceCacheConfig
{
    /// <summary>Whether nothing is stored and nothing answered from the cache.</summary>
    public bool Off { get; init; }

    /// <summary>
    /// Whether clients can have a stored answer fetched anew by <c>no-cache</c>, <c>no-store</c>, <c>max-age</c> or <c>Pragma</c>, as RFC 9111
    /// allows them. Else these are filtered away.
    /// </summary>
    public bool HonourRequests { get; init; }

    /// <summary>How long an answer is used beyond its time where the service fails, in milliseconds, unless it forbids that.</summary>
    public int Grace { get; init; }

    /// <summary>The query arguments that tell no answers apart, such as <c>utm_source</c>; a <c>*</c> at the end stands for any end.</summary>
    public IReadOnlyList<string> IgnoreArguments { get; set; } = [];

    /// <summary>Whether query arguments without a value tell no answers apart.</summary>
    public bool IgnoreEmptyArguments { get; init; }
}
