namespace Tutti.Gateway.Caching.Marks;

/// <summary>
/// The bans in force, the newest last. An answer is held against each ban once, when it is next asked for. The same pattern again takes
/// the place of its older ban, which it covers; beyond a fixed number the oldest is forgotten, and with it all that was not held against it.
/// </summary>
internal sealed class BanList
{
    public const int Most = 2_000;

    readonly Lock _change = new();
    volatile Ban[] _bans = [];
    long _latest;
    long _forgotten;

    /// <summary>The number of the last ban; 0 if there was none.</summary>
    public long Latest => Volatile.Read(ref _latest);

    public int Count => _bans.Length;

    /// <param name="next">Gives the ban its number, within the lock: bans come in the order of their numbers.</param>
    /// <returns>Its number.</returns>
    public long Add(string pattern, bool isSoft, Func<long> next)
    {
        lock (_change)
        {
            var ban = new Ban(pattern, next(), isSoft);
            // A soft ban leaves more than the hard one before it.
            Ban[] kept = [.. _bans.Where(other => other.Pattern != pattern || (isSoft && !other.IsSoft)), ban];
            if (kept.Length > Most)
            {
                Mark.Max(ref _forgotten, kept[0].Sequence);
                kept = kept[1..];
            }

            _bans = kept;
            Mark.Max(ref _latest, ban.Sequence);
            return ban.Sequence;
        }
    }

    /// <summary>What the bans after a number leave of an answer.</summary>
    /// <param name="checkedTo">The number up to which it was held against them, or at which its fetch began.</param>
    public Validity Of(string target, long checkedTo)
    {
        if (Volatile.Read(ref _forgotten) > checkedTo)
        {
            return Validity.Gone;
        }

        var validity = Validity.Valid;
        var bans = _bans;
        for (var i = bans.Length - 1; i >= 0 && bans[i].Sequence > checkedTo && validity != Validity.Gone; i--)
        {
            if (bans[i].Matches(target))
            {
                validity = validity.OrWorse(bans[i].IsSoft ? Validity.Stale : Validity.Gone);
            }
        }

        return validity;
    }
}
