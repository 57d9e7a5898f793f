using System.Text.Json;
using System.Text.Json.Serialization;
using Tutti.Gateway.Registry.Admin.Services;
using Tutti.Gateway.Registry.Import;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>JSON of the admin API: camel case, every field shown, case-sensitive names, each at most once, no comments.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = MaxDepth)]
[JsonSerializable(typeof(PartConfig))]
[JsonSerializable(typeof(PoolConfig))]
[JsonSerializable(typeof(CacheGroupConfig))]
[JsonSerializable(typeof(PartView))]
[JsonSerializable(typeof(PoolView))]
[JsonSerializable(typeof(CacheGroupView))]
[JsonSerializable(typeof(Page<PartView>))]
[JsonSerializable(typeof(Page<PoolView>))]
[JsonSerializable(typeof(Page<CacheGroupView>))]
[JsonSerializable(typeof(ServiceConfig))]
[JsonSerializable(typeof(BundleConfig))]
[JsonSerializable(typeof(InstanceConfig))]
[JsonSerializable(typeof(ServiceView))]
[JsonSerializable(typeof(BundleView))]
[JsonSerializable(typeof(InstanceView))]
[JsonSerializable(typeof(Page<ServiceView>))]
[JsonSerializable(typeof(Page<BundleView>))]
[JsonSerializable(typeof(Page<InstanceView>))]
[JsonSerializable(typeof(CopyRequest))]
[JsonSerializable(typeof(ImportResult))]
internal sealed partial class RegistryJson : JsonSerializerContext
{
    public const int MaxDepth = 32;
}
