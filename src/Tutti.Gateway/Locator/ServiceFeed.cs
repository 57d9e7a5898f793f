using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Tutti.Gateway.Locator;

/// <summary>Tells readers which instances come and go. A reader that does not keep up loses the oldest events; it blocks nobody.</summary>
internal sealed class ServiceFeed
{
    const int MostUnread = 1_000;

    readonly ConcurrentDictionary<Channel<InstanceEvent>, bool> _readers = new();

    public int Readers => _readers.Count;

    public void Publish(InstanceEvent happened)
    {
        foreach (var reader in _readers.Keys)
        {
            reader.Writer.TryWrite(happened);
        }
    }

    /// <summary>Begins to read; <see cref="Leave"/> ends it.</summary>
    public Channel<InstanceEvent> Join()
    {
        var reader = Channel.CreateBounded<InstanceEvent>(new BoundedChannelOptions(MostUnread) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _readers[reader] = true;
        return reader;
    }

    public void Leave(Channel<InstanceEvent> reader) => _readers.TryRemove(reader, out _);
}
