using Tutti.Gateway.Caching;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.ProxyCache.Fetching;

/// <summary>
/// Reads a body into memory as fast as the service sends it, so that a client that reads slowly or leaves holds up nobody. What is too
/// large to be stored it leaves to the one who follows.
/// </summary>
internal sealed class BodyPump(HttpContent source, int most, TimeSpan idle, LateCalls late, TimeProvider clock) : IDisposable
{
    readonly CancellationTokenSource _silence = new(Timeout.InfiniteTimeSpan, clock);
    readonly Lock _change = new();
    bool _hasEnded;
    bool _hasLeft;
    bool _isLate;

    public GrowingBody Body { get; } = new();

    /// <summary>Why the body has no end; null for a good one.</summary>
    public Exception? Trouble { get; private set; }

    /// <summary>What was not read, as there was too much; null for a body that was read to its end.</summary>
    public Stream? Rest { get; private set; }

    /// <summary>Reads to the end, or as much as may be stored.</summary>
    /// <returns>Whether the body is whole.</returns>
    public async Task<bool> RunAsync()
    {
        try
        {
            Body.Expect(source.Headers.ContentLength);
            var stream = await source.ReadAsStreamAsync(_silence.Token);
            Rest = await FillAsync(stream) ? null : stream;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            Trouble = e;
        }

        Body.End(null);
        Finish();
        return Trouble is null && Rest is null;
    }

    /// <summary>The one who follows has left. The body is still read to its end, if the bound on such calls allows it.</summary>
    public void Unfollow()
    {
        bool isLast;
        lock (_change)
        {
            isLast = _hasEnded;
            _hasLeft = true;
            _isLate = !isLast && late.TryAdopt(1);
            if (!isLast && !_isLate)
            {
                _silence.Cancel();
            }
        }

        if (isLast)
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        source.Dispose();
        _silence.Dispose();
    }

    async ValueTask<bool> FillAsync(Stream stream)
    {
        while (Body.Length < most)
        {
            _silence.CancelAfter(idle);
            var isFull = Body.Length == source.Headers.ContentLength;
            // A body that has come to its length is not given more room to see its end.
            var room = isFull ? new byte[1] : Body.Room();
            var count = await stream.ReadAsync(room[..Math.Min(room.Length, most - Body.Length)], _silence.Token);
            if (count == 0 || isFull)
            {
                return count == 0;
            }

            Body.Advance(count);
        }

        return false;
    }

    void Finish()
    {
        bool isLast, wasLate;
        lock (_change)
        {
            _hasEnded = true;
            (isLast, wasLate) = (_hasLeft, _isLate);
        }

        if (wasLate)
        {
            late.Ended();
        }

        if (isLast)
        {
            Dispose();
        }
    }
}
