namespace Tutti.Contracts.Aggregation;

/// <summary>A cookie that a backend set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="HttpOnly">Whether scripts are kept away from it.</param>
/// <param name="Secure">Whether it is for secure connections only.</param>
/// <param name="Discard">Whether it ends with the session whatever its age says (RFC 2965).</param>
/// <param name="MaxAge">How long it lives, in seconds; -1 for the session.</param>
/// <param name="Path">The path it is for.</param>
/// <param name="Domain">The domain it is for.</param>
public sealed record Cookie(
    string Name,
    string Value,
    bool HttpOnly,
    bool Secure,
    bool Discard,
    long MaxAge,
    string? Path = null,
    string? Domain = null);
