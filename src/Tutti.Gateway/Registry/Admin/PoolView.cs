using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>A pool as the admin API shows it.</summary>
internal sealed record PoolView : PoolConfig
{
    public PoolView()
    {
    }

    [SetsRequiredMembers]
    PoolView(PoolConfig pool)
        : base(pool)
    {
    }

    /// <summary>The ids of the parts that share it.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<string> UsedBy { get; init; } = [];

    public static PoolView Of(PoolConfig pool, IEnumerable<string> usedBy) => new(pool) { UsedBy = [.. usedBy] };
}
