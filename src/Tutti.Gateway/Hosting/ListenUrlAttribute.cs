using System.ComponentModel.DataAnnotations;

namespace Tutti.Gateway.Hosting;

/// <summary>Checks an address to listen on.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ListenUrlAttribute : ValidationAttribute
{
    public bool MayBeEmpty { get; set; }

    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        value is string text && ((text.Length == 0 && MayBeEmpty) || text.Split(';').All(url => ListenUrl.TryParse(url, out _)))
            ? ValidationResult.Success
            : new ValidationResult($"'{value}' is no address to listen on: write http://localhost:9000, http://10.0.0.5:9000 or http://*:9000", [context.MemberName!]);
}
