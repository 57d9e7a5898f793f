namespace Tutti.Gateway.Registry;

/// <summary>Holds the snapshot that requests read. A change swaps the whole of it.</summary>
internal sealed class PartRegistry
{
    RegistrySnapshot? _current;

    /// <summary>Raised after a swap, for what lives beside the snapshot (circuits, pools, connections).</summary>
    public event Action<RegistrySnapshot>? Swapped;

    public RegistrySnapshot Current => Volatile.Read(ref _current) ?? RegistrySnapshot.Empty;

    /// <summary>Whether a snapshot has been loaded from the store since the start.</summary>
    public bool IsLoaded => Volatile.Read(ref _current) is not null;

    /// <summary>Makes a snapshot current unless a newer one already is.</summary>
    /// <param name="next">What to swap in.</param>
    /// <param name="evenIfOlder">Swaps a newer one out as well: an older database has been put back.</param>
    public bool Swap(RegistrySnapshot next, bool evenIfOlder = false)
    {
        RegistrySnapshot? seen;
        do
        {
            seen = Volatile.Read(ref _current);
            if (seen is not null && !evenIfOlder && seen.Version >= next.Version)
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref _current, next, seen) != seen);

        Swapped?.Invoke(next);
        return true;
    }
}
