using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>
/// What the channel of announcements brought and nobody has looked at. It is bounded: what finds no room is found in the log.
/// </summary>
internal sealed class Inbox
{
    const int Most = 10_000;

    readonly Channel<byte[]> _messages = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    readonly byte[] _greeting = [.. "hello "u8, .. Guid.NewGuid().ToByteArray()];
    volatile TaskCompletionSource? _greeted;
    int _isLookWanted;

    /// <summary>What this node sends to itself to see whether announcements reach it.</summary>
    public byte[] Greeting => _greeting;

    public void Take(byte[] message)
    {
        if (message.AsSpan().SequenceEqual(_greeting))
        {
            _greeted?.TrySetResult();
        }
        else if (message.Length == 0)
        {
            WantLook();
        }
        else if (!message.AsSpan().StartsWith("hello "u8))
        {
            _messages.Writer.TryWrite(message);
        }
    }

    /// <summary>Ends when the next greeting arrives.</summary>
    public Task ExpectGreeting() => (_greeted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Wakes the follower and has it compare itself with the log.</summary>
    public void WantLook()
    {
        Volatile.Write(ref _isLookWanted, 1);
        _messages.Writer.TryWrite([]);
    }

    /// <summary>Whether a look at the log is wanted; asking takes the wish back.</summary>
    public bool TakeLook() => Interlocked.Exchange(ref _isLookWanted, 0) == 1;

    public ValueTask<bool> WaitAsync(CancellationToken ct) => _messages.Reader.WaitToReadAsync(ct);

    public bool TryRead([MaybeNullWhen(false)] out byte[] message) => _messages.Reader.TryRead(out message);
}
