namespace Tutti.Gateway.Caching.Rules.Verdicts;

/// <summary>Which responses with <c>Set-Cookie</c> may be stored. The RFC allows all; a cookie meant for one user is then sent to every other.</summary>
internal enum SetCookieRule
{
    Never,

    /// <summary>Those that say <c>public</c> or <c>s-maxage</c>.</summary>
    WhenShared,

    /// <summary>All, as if the field had no meaning.</summary>
    Always,
}
