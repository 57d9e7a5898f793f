using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Caching.Fetching;

/// <summary>
/// One call to a backend for all who ask the same meanwhile. It lives by the part's own timeout, not by anybody's deadline; when the last
/// who waited has left it runs on to fill the cache, if the bound on such calls allows it.
/// </summary>
internal sealed class Fetch : IDisposable
{
    readonly LateCalls? _late;
    readonly CancellationTokenSource _time;
    readonly CancellationTokenSource _unwanted = new();
    readonly TaskCompletionSource<CacheAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<OpenedAnswer?> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Lock _change = new();
    volatile bool _isOvertaken;
    int _waiting = 1;
    bool _hasEnded;
    bool _isLate;

    /// <param name="late">The bound on fetches that run on; null for one that ends when nobody waits any more.</param>
    public Fetch(FetchKey key, PartModel part, long sequence, LateCalls? late, TimeProvider clock)
    {
        Key = key;
        Sequence = sequence;
        _late = late;
        _time = new CancellationTokenSource(part.Timeout, clock);
        Budget = new CallBudget(part.Timeout, part.Config.Timeout, IsPartsOwn: true, _time.Token, _unwanted.Token);
    }

    public FetchKey Key { get; }

    /// <summary>The number of the last invalidation when it began.</summary>
    public long Sequence { get; }

    public CallBudget Budget { get; }

    /// <summary>Whether a later fetch of the same has begun: what this one brings is older and is not stored.</summary>
    public bool IsOvertaken => _isOvertaken;

    /// <summary>How it went, for all who wait.</summary>
    public Task<CacheAnswer> Answer => _answer.Task;

    /// <summary>The answer as soon as its header is there; null where it ended before.</summary>
    public Task<OpenedAnswer?> Opened => _opened.Task;

    /// <summary>Whether an answer came that is for the one who leads alone.</summary>
    public bool IsUnshared => Opened is { IsCompletedSuccessfully: true, Result.IsShared: false } || Answer is { IsCompletedSuccessfully: true, Result: { IsShared: false, Failure: null } };

    /// <summary>Waits with the others, unless it has ended or was given up.</summary>
    public bool TryJoin()
    {
        lock (_change)
        {
            if (_hasEnded || _unwanted.IsCancellationRequested)
            {
                return false;
            }

            _waiting++;
            return true;
        }
    }

    /// <summary>A later fetch takes its place.</summary>
    public void Overtake() => _isOvertaken = true;

    /// <summary>Waits no more.</summary>
    public void Leave()
    {
        lock (_change)
        {
            if (--_waiting > 0 || _hasEnded || _isLate)
            {
                return;
            }

            _isLate = _late?.TryAdopt(1) == true;
            if (!_isLate)
            {
                // Within the lock, so that its end cannot dispose of them meanwhile.
                _unwanted.Cancel();
                _time.Cancel();
            }
        }
    }

    /// <summary>The header is there.</summary>
    public void Open(OpenedAnswer opened) => _opened.TrySetResult(opened);

    /// <summary>Gives everybody the answer.</summary>
    public void End(CacheAnswer answer)
    {
        Close();
        _answer.TrySetResult(answer);
        _opened.TrySetResult(null);
    }

    /// <summary>A mistake of this program ended it.</summary>
    public void Break(Exception mistake)
    {
        Close();
        _answer.TrySetException(mistake);
        _opened.TrySetResult(null);
    }

    public void Dispose()
    {
        _time.Dispose();
        _unwanted.Dispose();
    }

    void Close()
    {
        bool wasLate;
        lock (_change)
        {
            _hasEnded = true;
            wasLate = _isLate;
            _isLate = false;
        }

        if (wasLate)
        {
            _late!.Ended();
        }
    }
}
