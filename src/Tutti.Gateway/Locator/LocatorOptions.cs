using System.ComponentModel.DataAnnotations;
using System.Net;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator;

/// <summary>How services are found: section <c>Tutti:Services</c>.</summary>
internal sealed class LocatorOptions : IValidatableObject
{
    /// <summary>
    /// The address of this gateway as clients reach it, such as <c>https://api.example.com</c>. If empty, what a trusted proxy says, else the
    /// address that the client's connection came to.
    /// </summary>
    [PublicUrl]
    public string PublicUrl { get; set; } = "";

    /// <summary>What a look-up answers unless the service says otherwise: <c>proxy</c> or <c>instance</c>.</summary>
    [EnumDataType(typeof(LocateMode))]
    public LocateMode Locate { get; set; } = LocateMode.Proxy;

    /// <summary>The longest that a client may keep the answer of a look-up, in seconds.</summary>
    [Range(0, 86_400)]
    public int MaxAgeSeconds { get; set; } = 60;

    /// <summary>Instances that are always in, as <c>service=address</c>.</summary>
    [Required]
    public string[] Instances { get; set; } = [];

    /// <summary>The name servers that are asked for SRV records, as <c>address</c> or <c>address:port</c>; those of the system if there is none.</summary>
    [Required]
    public string[] NameServers { get; set; } = [];

    /// <summary>The zone of this node: instances of the same zone come first.</summary>
    public string Zone { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Instances
        .Where(text => !IsInstance(text))
        .Select(text => new ValidationResult($"'{text}' is no instance: write customers=http://10.0.1.22:8080", [nameof(Instances)]))
        .Concat(NameServers
            .Where(text => !IPEndPoint.TryParse(text, out _))
            .Select(text => new ValidationResult($"'{text}' is no name server: write 10.0.0.2 or 10.0.0.2:53", [nameof(NameServers)])));

    static bool IsInstance(string text) => text.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 }, var address]
        && ServiceProtocols.All.Any(protocol => InstanceAddress.Parse(address, protocol) is not null);
}
