using System.Threading.Channels;
using StackExchange.Redis;
using Tutti.Gateway.Caching.Cluster.Redis;

namespace Tutti.Gateway.Caching.Cluster.Entries;

/// <summary>
/// Writes entries behind the back of those who fetched them, in order, and then releases their locks. What finds no room is not
/// written: a cache may forget.
/// </summary>
internal sealed class EntryWriter(RedisLink link, RedisGate gate, RedisKeys keys)
{
    const int MostWaiting = 4_096;
    const int MostWaitingBytes = 32 << 20;
    const int MostAtOnce = 32;

    readonly Channel<Write> _waiting = Channel.CreateBounded<Write>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    long _bytes;
    long _dropped;

    /// <summary>How many entries were not written because too much waited already.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public void Put(EntryKey key, ClusterPosition begun, ReadOnlySpan<byte> bytes, TimeSpan ttl)
    {
        var length = EntryFrame.HeadLength + bytes.Length;
        if (Interlocked.Add(ref _bytes, length) > MostWaitingBytes
            || !_waiting.Writer.TryWrite(new Write(keys.Entry(begun, key), EntryFrame.Write(key, begun, bytes), ttl)))
        {
            Interlocked.Add(ref _bytes, -length);
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Releases a lock once all is written that was put before.</summary>
    public void Release(EntryLock held) => _waiting.Writer.TryWrite(new Write(held.Key, null, default, held.Token));

    public async Task RunAsync(CancellationToken ct)
    {
        var sent = new List<Task>(MostAtOnce);
        while (await _waiting.Reader.WaitToReadAsync(ct))
        {
            while (sent.Count < MostAtOnce && _waiting.Reader.TryRead(out var write))
            {
                Interlocked.Add(ref _bytes, -write.Length);
                if (gate.IsOpen)
                {
                    sent.Add(SendAsync(write));
                }
            }

            await Task.WhenAll(sent);
            sent.Clear();
        }
    }

    /// <summary>Commands of one connection are carried out in the order in which they were sent.</summary>
    Task SendAsync(Write write) => write.Frame is { } frame
        ? link.AskAsync(redis => redis.StringSetAsync(write.Key, frame, write.Ttl))
        : link.AskAsync(redis => redis.ScriptEvaluateAsync(RedisScripts.Release, [write.Key], [write.Token], CommandFlags.NoScriptCache));

    readonly record struct Write(RedisKey Key, byte[]? Frame, TimeSpan Ttl, string? Token = null)
    {
        public int Length => Frame?.Length ?? 0;
    }
}
