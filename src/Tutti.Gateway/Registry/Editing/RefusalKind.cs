namespace Tutti.Gateway.Registry.Editing;

/// <summary>Why an edit of the registry was not made.</summary>
internal enum RefusalKind
{
    /// <summary>It breaks rules.</summary>
    Invalid,

    /// <summary>There is no such entry.</summary>
    Missing,

    /// <summary>There is such an entry already.</summary>
    Exists,

    /// <summary>The entry was changed since the editor read it.</summary>
    Stale,

    /// <summary>The entry is there and differs, and the editor does not say which version is to be replaced.</summary>
    Unconditional,

    /// <summary>Others need the entry.</summary>
    InUse,

    /// <summary>The database could not take it.</summary>
    Unavailable,
}
