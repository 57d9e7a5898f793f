using System.Text.Json.Serialization;
using Tutti.Gateway.Locator.Admin;
using Tutti.Gateway.Locator.Hosts;
using Tutti.Gateway.Registry.Admin;

namespace Tutti.Gateway.Locator;

/// <summary>JSON of the locator.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Page<InstanceStateView>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(ServiceHost))]
[JsonSerializable(typeof(ServiceHost[]))]
internal sealed partial class LocatorJson : JsonSerializerContext;
