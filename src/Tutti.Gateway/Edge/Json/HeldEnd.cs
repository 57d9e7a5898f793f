namespace Tutti.Gateway.Edge.Json;

/// <summary>Whether a body can be held.</summary>
internal enum HeldEnd
{
    Held,

    /// <summary>It is larger than a body may be.</summary>
    TooLarge,

    /// <summary>Others hold what all may hold together.</summary>
    NoRoom,
}
