using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry.Admin.Services;

/// <summary>A bundle as the admin API shows it.</summary>
internal sealed record BundleView : BundleConfig
{
    public BundleView()
    {
    }

    [SetsRequiredMembers]
    BundleView(BundleConfig bundle)
        : base(bundle)
    {
    }

    /// <summary>The ids of its instances.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<string> Instances { get; init; } = [];

    public static BundleView Of(BundleConfig bundle, IEnumerable<string> instances) => new(bundle) { Instances = [.. instances] };
}
