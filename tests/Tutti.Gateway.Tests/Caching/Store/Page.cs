using Tutti.Gateway.Caching.Store;

namespace Tutti.Gateway.Tests.Caching.Store;

/// <summary>An entry that knows its number, and takes as many bytes as it says.</summary>
internal sealed class Page(int number, int bytes = 0, int? hash = null, long keepUntil = long.MaxValue)
    : StoredEntry(hash ?? PageKey.Mixed(number), bytes)
{
    public int Number => number;

    public int Bytes => Cost - StoreBytes;

    public bool IsDeadAt(long now) => IsDead(now);

    protected internal override bool IsDead(long now) => now >= keepUntil;
}
