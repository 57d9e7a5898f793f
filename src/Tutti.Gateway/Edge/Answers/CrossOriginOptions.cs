using System.ComponentModel.DataAnnotations;

namespace Tutti.Gateway.Edge.Answers;

/// <summary>Which pages of other origins may use the gateway from a browser: section <c>Tutti:Cors</c>.</summary>
internal sealed class CrossOriginOptions : IValidatableObject
{
    const string Any = "*";

    /// <summary>Origins as browsers write them, such as <c>https://app.example.com</c>, <c>https://*.example.com</c> for its subdomains, or <c>*</c>; none by default.</summary>
    [Required]
    public string[] Origins { get; set; } = [];

    /// <summary>The methods that they may use; <c>*</c> for any. Empty stands for GET, HEAD, POST, PUT, PATCH and DELETE.</summary>
    [Required]
    public string[] Methods { get; set; } = [];

    /// <summary>The request headers that they may set; <c>*</c> for any. Empty stands for those that the gateway knows.</summary>
    [Required]
    public string[] Headers { get; set; } = [];

    /// <summary>The response headers that they may read beyond those that browsers always show.</summary>
    [Required]
    public string[] ExposedHeaders { get; set; } = [];

    /// <summary>Whether they may send cookies and the like.</summary>
    public bool Credentials { get; set; }

    /// <summary>How long a browser may keep the answer to a preflight, in seconds.</summary>
    [Range(0, 86_400)]
    public int MaxAgeSeconds { get; set; } = 600;

    /// <summary>Whether every origin is let in, so that no answer differs by it.</summary>
    public bool IsForAny() => Origins.Contains(Any);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var origin in Origins.Where(origin => origin != Any && !IsOrigin(origin)))
        {
            yield return new ValidationResult($"'{origin}' is no origin: write https://app.example.com, https://*.example.com or *", [nameof(Origins)]);
        }

        if (Credentials && IsForAny())
        {
            yield return new ValidationResult("Credentials cannot be allowed to every origin: name those that may send them", [nameof(Credentials)]);
        }
    }

    static bool IsOrigin(string text) => Uri.TryCreate(text.Replace("://*.", "://any.", StringComparison.Ordinal), UriKind.Absolute, out var uri)
        && uri is { Host.Length: > 0, UserInfo: "", Query: "", Fragment: "", AbsolutePath: "/" or "" }
        && !text.EndsWith('/') && !uri.Host.Contains('*', StringComparison.Ordinal);
}
