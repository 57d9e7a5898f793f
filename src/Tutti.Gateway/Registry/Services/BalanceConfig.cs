namespace Tutti.Gateway.Registry.Services;

/// <summary>How instances are chosen.</summary>
internal sealed record BalanceConfig
{
    public const string LeastOfTwo = "leastOfTwo";
    public const string RoundRobin = "roundRobin";

    /// <summary><c>leastOfTwo</c>, the less busy of two random ones, or <c>roundRobin</c>.</summary>
    public string Policy { get; set; } = LeastOfTwo;

    /// <summary>Whether instances of the gateway's own zone come first.</summary>
    public bool ZoneFirst { get; set; } = true;

    /// <summary>The name of a cookie that keeps a client with its instance; none if null.</summary>
    public string? StickyCookie { get; init; }
}
