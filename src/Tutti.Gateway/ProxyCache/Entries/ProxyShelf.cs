using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Store;

namespace Tutti.Gateway.ProxyCache.Entries;

/// <summary>The entries of the proxy in memory.</summary>
internal sealed class ProxyShelf
{
    /// <summary>How many variants of one URI are kept; the oldest go first.</summary>
    public const int MostVariants = 32;

    /// <summary>How long it is remembered that the answers of a URI are not shared.</summary>
    static readonly TimeSpan UnsharedFor = TimeSpan.FromSeconds(30);

    /// <summary>How long an answer is kept beyond its use, for clients who take it stale.</summary>
    const long SpareSeconds = 24 * 60 * 60;

    /// <summary>How long one is kept that can be validated.</summary>
    const long ValidatedSeconds = 30 * SpareSeconds;

    readonly MemoryStore<ProxyEntry> _store;
    readonly Lock[] _changes = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];
    readonly TimeProvider _clock;

    public ProxyShelf(ProxyCacheOptions options, TimeProvider clock)
    {
        _clock = clock;
        _store = new MemoryStore<ProxyEntry>(options.MaxBytes, (int)Math.Min(options.MaxEntryBytes, options.MaxBytes), Environment.ProcessorCount);
    }

    public int Count => _store.Count;

    public long Bytes => _store.Bytes;

    public long Evictions => _store.Evictions;

    public int MaxEntryBytes => _store.MaxEntryBytes;

    public ProxyEntry? Find(string key)
    {
        var identity = new EntryKey(key);
        return _store.Find(ref identity) is { } entry && !entry.IsDead(_clock.GetTimestamp()) ? entry : null;
    }

    /// <summary>Stores an answer beside the other variants of its URI, in the place of the one for the same request, unless that was fetched after a later invalidation.</summary>
    public void Put(string key, StoredAnswer answer) => Change(key, old =>
        Array.Exists(old, other => IsSame(other.Policy, answer.Policy) && other.Sequence > answer.Sequence)
            ? old
            : [answer, .. old.Where(other => !IsSame(other.Policy, answer.Policy)).Take(MostVariants - 1)]);

    /// <summary>Puts updated answers in the place of those they came of, if these are still there.</summary>
    public void Replace(string key, IReadOnlyDictionary<StoredAnswer, StoredAnswer?> updates) => Change(key, old =>
        [.. old.Select(answer => updates.TryGetValue(answer, out var update) ? update : answer).OfType<StoredAnswer>()]);

    /// <summary>Notes that the answers of a URI are not for all, so that the next who ask do not wait for each other.</summary>
    public void NoteUnshared(string key)
    {
        if (Find(key) is null)
        {
            var identity = new EntryKey(key);
            _store.Add(ref identity, ProxyEntry.Of(identity, [], _clock.GetTimestamp() + Ticks((long)UnsharedFor.TotalSeconds)), _clock.GetTimestamp());
        }
    }

    void Change(string key, Func<StoredAnswer[], StoredAnswer[]> change)
    {
        var identity = new EntryKey(key);
        lock (_changes[(uint)identity.Hash % _changes.Length])
        {
            var answers = Fitting(change(_store.Find(ref identity)?.Answers ?? []));
            if (answers.Length == 0)
            {
                _store.Remove(ref identity);
                return;
            }

            _store.Add(ref identity, ProxyEntry.Of(identity, answers, answers.Max(KeptUntil)), _clock.GetTimestamp());
        }
    }

    /// <summary>As many of them, the newest first, as one entry may have bytes for.</summary>
    StoredAnswer[] Fitting(StoredAnswer[] answers)
    {
        var (count, cost) = (0, 0L);
        while (count < answers.Length && (count == 0 || cost + answers[count].Cost < _store.MaxEntryBytes / 2))
        {
            cost += answers[count++].Cost;
        }

        return answers[..count];
    }

    long KeptUntil(StoredAnswer answer)
    {
        var policy = answer.Policy;
        var beyond = policy.HasValidator ? ValidatedSeconds : SpareSeconds;
        return answer.StoredAt + Ticks(Math.Max(0, policy.TimeToLive(TimeSpan.Zero)) + Math.Max(policy.StaleWhileRevalidate, policy.StaleIfError) + beyond);
    }

    long Ticks(long seconds) => seconds * _clock.TimestampFrequency;

    static bool IsSame(in StoredPolicy one, in StoredPolicy other) => one.Vary == other.Vary && one.Variant == other.Variant;
}
