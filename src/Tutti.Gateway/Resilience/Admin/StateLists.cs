using Tutti.Gateway.Registry.Admin;

namespace Tutti.Gateway.Resilience.Admin;

/// <summary>How circuits and pools are listed.</summary>
internal static class StateLists
{
    public static ListQuery<CircuitView> Circuits { get; } = new(
        new Dictionary<string, Comparison<CircuitView>>(StringComparer.Ordinal)
        {
            ["key"] = (a, b) => string.CompareOrdinal(a.Key, b.Key),
            ["part"] = (a, b) => string.CompareOrdinal(a.Part, b.Part),
            ["state"] = (a, b) => a.State.CompareTo(b.State),
            ["calls"] = (a, b) => a.Calls.CompareTo(b.Calls),
            ["failures"] = (a, b) => a.Failures.CompareTo(b.Failures),
        },
        "key",
        circuit => [circuit.Key, circuit.Part]);

    public static ListQuery<PoolStateView> Pools { get; } = new(
        new Dictionary<string, Comparison<PoolStateView>>(StringComparer.Ordinal)
        {
            ["key"] = (a, b) => string.CompareOrdinal(a.Key, b.Key),
            ["active"] = (a, b) => a.Active.CompareTo(b.Active),
            ["waiting"] = (a, b) => a.Waiting.CompareTo(b.Waiting),
            ["entered"] = (a, b) => a.Entered.CompareTo(b.Entered),
        },
        "key",
        pool => [pool.Key]);
}
