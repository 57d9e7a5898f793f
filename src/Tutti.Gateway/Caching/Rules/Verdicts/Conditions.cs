namespace Tutti.Gateway.Caching.Rules.Verdicts;

/// <summary>The conditions under which a backend need not send a stored response again; null where there is no such condition.</summary>
internal readonly record struct Conditions(string? IfNoneMatch, string? IfModifiedSince)
{
    public bool AreAny => IfNoneMatch is not null || IfModifiedSince is not null;
}
