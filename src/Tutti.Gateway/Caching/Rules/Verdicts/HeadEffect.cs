namespace Tutti.Gateway.Caching.Rules.Verdicts;

/// <summary>What an answer to HEAD does to a stored response (RFC 9111, 4.3.5).</summary>
internal enum HeadEffect
{
    None,
    Update,

    /// <summary>It tells of another body: the stored one is not used without validation.</summary>
    MakeInvalid,
}
