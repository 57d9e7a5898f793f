using Tutti.Gateway.Caching.Store;

namespace Tutti.Gateway.Tests.Caching.Store;

/// <summary>Looks a page up by its number. It lives on the stack alone, as keys of real answers do.</summary>
internal ref struct PageKey(int number, int? hash = null) : IEntryKey<Page>
{
    public int Hash { get; } = hash ?? Mixed(number);

    /// <summary>How often a page with this hash was met.</summary>
    public int Asked { get; private set; }

    public bool Matches(Page entry)
    {
        Asked++;
        return entry.Number == number;
    }

    /// <summary>Spreads the bits of a number over all of the hash.</summary>
    public static int Mixed(int number)
    {
        var mixed = (ulong)(uint)number * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93;
        return (int)(mixed >> 32);
    }
}
