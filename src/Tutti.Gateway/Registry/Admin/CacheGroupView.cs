using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>A cache group as the admin API shows it.</summary>
internal sealed record CacheGroupView : CacheGroupConfig
{
    public CacheGroupView()
    {
    }

    [SetsRequiredMembers]
    CacheGroupView(CacheGroupConfig group)
        : base(group)
    {
    }

    /// <summary>The ids of the parts that name it, themselves or in a param.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<string> UsedBy { get; init; } = [];

    public static CacheGroupView Of(CacheGroupConfig group, IEnumerable<string> usedBy) => new(group) { UsedBy = [.. usedBy] };
}
