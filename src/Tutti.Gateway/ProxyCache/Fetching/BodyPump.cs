using Tutti.Gateway.Calls;

namespace Tutti.Gateway.ProxyCache.Fetching;

/// <summary>
/// Reads a body into memory as fast as the service sends it, so that a client that reads slowly or leaves holds up nobody. What is too
/// large to be stored it leaves to the one who follows.
/// </summary>
internal sealed class BodyPump(HttpContent source, int most, TimeSpan idle, TimeProvider clock) : IDisposable
{
    readonly CancellationTokenSource _silence = new(Timeout.InfiniteTimeSpan, clock);
    readonly Lock _change = new();
    bool _hasEnded;
    bool _hasLeft;

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
        Leave(ref _hasEnded);
        return Trouble is null && Rest is null;
    }

    /// <summary>The one who follows has left.</summary>
    /// <param name="isWanted">Whether the body is still wanted.</param>
    public void Unfollow(bool isWanted)
    {
        if (!isWanted)
        {
            _silence.Cancel();
        }

        Leave(ref _hasLeft);
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
            var room = Body.Room();
            var count = await stream.ReadAsync(room[..Math.Min(room.Length, most - Body.Length)], _silence.Token);
            if (count == 0)
            {
                return true;
            }

            Body.Advance(count);
        }

        return false;
    }

    /// <summary>The last to leave closes.</summary>
    void Leave(ref bool mine)
    {
        bool isLast;
        lock (_change)
        {
            var wasLast = _hasEnded && _hasLeft;
            mine = true;
            isLast = !wasLast && _hasEnded && _hasLeft;
        }

        if (isLast)
        {
            Dispose();
        }
    }
}
