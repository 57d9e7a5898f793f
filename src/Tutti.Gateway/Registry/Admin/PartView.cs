using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>A part as the admin API shows it. It may be sent back as it is: what cannot be written is passed over.</summary>
internal sealed record PartView : PartConfig
{
    public PartView()
    {
    }

    [SetsRequiredMembers]
    PartView(PartConfig part)
        : base(part)
    {
    }

    /// <summary>What is legal and yet probably not meant.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why the part is disabled; empty if it runs.</summary>
    [JsonPropertyOrder(2)]
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public static PartView Of(PartConfig part, RegistrySnapshot registry) => new(part)
    {
        Warnings = PartWarnings.Of(part, registry.Parts.ContainsKey, registry.Parts.GetValueOrDefault(part.PartId)?.HasValidator == true),
        Faults = registry.Parts.GetValueOrDefault(part.PartId)?.Faults ?? [],
    };
}
