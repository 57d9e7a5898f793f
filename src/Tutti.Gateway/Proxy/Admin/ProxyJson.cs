using System.Text.Json.Serialization;
using Tutti.Gateway.Registry.Admin;

namespace Tutti.Gateway.Proxy.Admin;

/// <summary>JSON of the states of services.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServiceStateView))]
[JsonSerializable(typeof(Page<ServiceStateView>))]
internal sealed partial class ProxyJson : JsonSerializerContext;
