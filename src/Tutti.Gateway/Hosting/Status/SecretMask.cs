using System.Text.RegularExpressions;

namespace Tutti.Gateway.Hosting.Status;

/// <summary>Hides what must not be shown of a setting: all of a secret's value, and passwords inside connection strings and addresses.</summary>
internal static partial class SecretMask
{
    public const string Mask = "****";

    public static string Hide(string key, string value) =>
        value.Length == 0 ? value
        : IsSecret(key) ? Mask
        : UserInfo().Replace(Assigned().Replace(value, $"$1{Mask}"), $"$1{Mask}$2");

    /// <summary>Whether the name of a setting says that its value is secret.</summary>
    public static bool IsSecret(string key) => SecretName().IsMatch(key);

    [GeneratedRegex("passw|passphrase|pwd|secret|token|api[-_.]?key|access[-_.]?key|account[-_.]?key|private[-_.]?key|credential|authorization|cookie|headers$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    /// <summary>
    /// <c>Password=…</c> and its like: up to the next semicolon outside quotes (ADO.NET), or all that follows where it comes first or after
    /// a comma (Redis), since such a text knows no quotes.
    /// </summary>
    [GeneratedRegex("""((?:passw[a-z]*|pwd|secret|token|api[-_ ]?key|access[-_ ]?key|account[-_ ]?key|authorization)\s*=\s*)(?:(?<=(?:^|,)\s*\1)[\s\S]*|"(?:[^"]|"")*"|'(?:[^']|'')*'|[^;]*)""", RegexOptions.IgnoreCase)]
    private static partial Regex Assigned();

    /// <summary>The password in <c>scheme://user:password@host</c>.</summary>
    [GeneratedRegex("(://[^/?#@:\\s]*:)[^/?#\\s]*(@)")]
    private static partial Regex UserInfo();
}
