using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Tutti.Gateway.Calls;

/// <summary>Checks a list of addresses and CIDR blocks.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NetworksAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        (value as IEnumerable<string> ?? []).FirstOrDefault(text => !TryParse(text, out _)) is { } wrong
            ? new ValidationResult($"'{wrong}' is no address and no CIDR block", [context.MemberName!])
            : ValidationResult.Success;

    /// <exception cref="FormatException">The text is no address and no CIDR block.</exception>
    public static IPNetwork Parse(string text) => TryParse(text, out var network) ? network : throw new FormatException($"'{text}' is no network");

    static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }
}
