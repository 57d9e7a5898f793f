using System.ComponentModel.DataAnnotations;

namespace Tutti.Gateway.Registry;

/// <summary>Settings of the registry as a whole: <c>Tutti:Registry</c>.</summary>
internal sealed class RegistryOptions
{
    /// <summary>
    /// The backends that parts may name: <c>host</c> (any port), <c>host:port</c> or <c>*.suffix</c>. Any host if empty.
    /// </summary>
    [Required]
    public string[] AllowedHosts { get; set; } = [];

    /// <summary>The largest file that is imported.</summary>
    [Range(1_024, 1_073_741_824)]
    public long MaxImportBytes { get; set; } = 32 * 1_024 * 1_024;
}
