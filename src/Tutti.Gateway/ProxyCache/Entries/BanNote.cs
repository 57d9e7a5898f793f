using Tutti.Gateway.Caching.Marks;

namespace Tutti.Gateway.ProxyCache.Entries;

/// <summary>What the bans up to a number left of an answer. One object, so that nobody reads half of it.</summary>
internal sealed record BanNote(Validity Left, long UpTo)
{
    public static BanNote None { get; } = new(Validity.Valid, 0);
}
