using System.Diagnostics.CodeAnalysis;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry.Admin.Services;

/// <summary>An instance as the admin API shows it.</summary>
internal sealed record InstanceView : InstanceConfig
{
    public InstanceView()
    {
    }

    [SetsRequiredMembers]
    InstanceView(InstanceConfig instance)
        : base(instance)
    {
    }

    public static InstanceView Of(InstanceConfig instance) => new(instance);
}
