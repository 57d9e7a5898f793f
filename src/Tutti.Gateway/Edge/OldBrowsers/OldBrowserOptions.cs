using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Tutti.Gateway.Edge.OldBrowsers;

/// <summary>What is done for browsers that cannot choose methods and headers: section <c>Tutti:OldBrowsers</c>.</summary>
internal sealed class OldBrowserOptions : IValidatableObject
{
    /// <summary>Whether anything is done for them.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Regular expressions over <c>User-Agent</c>, of which one must match; empty stands for those of <see cref="OldBrowserList"/>.</summary>
    [Required]
    public string[] UserAgents { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => UserAgents
        .Select(Trouble)
        .Where(trouble => trouble is not null)
        .Select(trouble => new ValidationResult(trouble, [nameof(UserAgents)]));

    static string? Trouble(string expression)
    {
        try
        {
            _ = new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return expression.Length == 0 ? "An empty expression would match every browser" : null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return $"'{expression}' cannot be used: {e.Message}";
        }
    }
}
