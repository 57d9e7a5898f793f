using System.Collections.Concurrent;

namespace Tutti.Client;

/// <summary>Keeps the answers of look-ups as long as they may be kept. Nothing is kept of an unknown service or of a failure.</summary>
internal sealed class LocationCache(Func<string, Task<Location>> ask, TimeProvider clock)
{
    readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public async Task<Uri?> GetAsync(string name) => (await AskAsync(name).ConfigureAwait(false)).Address;

    public void Evict(string name) => _entries.TryRemove(name, out _);

    Task<Location> AskAsync(string name)
    {
        while (true)
        {
            var own = new Entry(clock.GetTimestamp(), new Lazy<Task<Location>>(() => ask(name)));
            var entry = _entries.GetOrAdd(name, own);
            if (ReferenceEquals(entry, own) || IsOfUse(entry))
            {
                return entry.Answer.Value;
            }

            // Only this very entry: somebody may have asked anew already.
            _entries.TryRemove(new(name, entry));
        }
    }

    /// <summary>Whether an answer is on its way, or known and still good.</summary>
    bool IsOfUse(Entry entry) => entry.Answer.Value is var answer
        && (!answer.IsCompleted
            || (answer.IsCompletedSuccessfully && answer.Result.Address is not null && clock.GetElapsedTime(entry.Began) < answer.Result.MaxAge));

    sealed record Entry(long Began, Lazy<Task<Location>> Answer);
}
