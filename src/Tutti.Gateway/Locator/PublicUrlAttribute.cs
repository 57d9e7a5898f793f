using System.ComponentModel.DataAnnotations;

namespace Tutti.Gateway.Locator;

/// <summary>Checks the public address of the gateway.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PublicUrlAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext context) => value is "" || IsOrigin(value as string)
        ? ValidationResult.Success
        : new ValidationResult($"'{value}' is no address: write https://api.example.com or http://10.0.0.5:9000", [context.MemberName!]);

    static bool IsOrigin(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { Scheme: "http" or "https", Host.Length: > 0, UserInfo: "", Query: "", Fragment: "", AbsolutePath: "/" };
}
