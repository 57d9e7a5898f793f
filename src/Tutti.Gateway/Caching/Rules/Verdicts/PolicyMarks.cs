namespace Tutti.Gateway.Caching.Rules.Verdicts;

/// <summary>What a stored response allows and forbids.</summary>
[Flags]
internal enum PolicyMarks : byte
{
    None = 0,

    /// <summary>Every use is validated first, fresh or not.</summary>
    AlwaysValidate = 1,

    /// <summary>Never used stale.</summary>
    NeverStale = 2,

    /// <summary>While it is fresh a client's reload does not lead to the backend.</summary>
    Immutable = 4,
}
