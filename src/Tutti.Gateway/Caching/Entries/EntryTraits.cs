namespace Tutti.Gateway.Caching.Entries;

/// <summary>What is known of a stored answer beside its numbers.</summary>
[Flags]
internal enum EntryTraits : byte
{
    None = 0,

    /// <summary>The answer has a body, be it empty.</summary>
    HasBody = 1,

    /// <summary>The body is valid UTF-8, and that is its charset.</summary>
    IsUtf8 = 2,

    /// <summary>The backend put it into cache groups (RFC 9875).</summary>
    HasGroups = 4,

    /// <summary>It can be validated: it has an ETag or a Last-Modified.</summary>
    HasValidator = 8,

    /// <summary>The backend said <c>no-cache</c>.</summary>
    SaidNoCache = 16,

    /// <summary>The backend said <c>no-store</c>: the entry is for those who waited and is not stored.</summary>
    SaidNoStore = 64,

    /// <summary>No answer at all, but the note that answers to this key are not shared: who asks does not wait for others.</summary>
    IsUnshared = 32,
}
