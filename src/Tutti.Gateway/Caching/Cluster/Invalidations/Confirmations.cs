using System.Buffers.Binary;
using Tutti.Gateway.Caching.Cluster.Redis;

namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>Says to those who announced an invalidation that this node has applied it, and hears the same from others.</summary>
internal sealed class Confirmations(ulong node, RedisLink link, RedisKeys keys, Announcements announcements)
{
    const int NumberLength = sizeof(long);

    readonly Dictionary<ulong, List<long>> _due = [];

    /// <summary>Notes that a message which Redis handed to this node is applied.</summary>
    public void Add(LogMessage applied)
    {
        if (applied.Node == node)
        {
            announcements.Find(applied.Id)?.Confirm(node);
        }
        else if (_due.TryGetValue(applied.Node, out var ids))
        {
            ids.Add(applied.Id);
        }
        else
        {
            _due[applied.Node] = [applied.Id];
        }
    }

    /// <summary>Sends what was noted: one message for each node, however many it announced.</summary>
    public void Send()
    {
        foreach (var (maker, ids) in _due)
        {
            var message = new byte[NumberLength * (1 + ids.Count)];
            BinaryPrimitives.WriteUInt64LittleEndian(message, node);
            for (var i = 0; i < ids.Count; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(NumberLength * (1 + i)), ids[i]);
            }

            link.Tell(keys.Confirmations(maker), message);
        }

        _due.Clear();
    }

    /// <summary>Takes what another node says to this one.</summary>
    public void Take(byte[] message)
    {
        for (var at = NumberLength; at + NumberLength <= message.Length; at += NumberLength)
        {
            var confirming = BinaryPrimitives.ReadUInt64LittleEndian(message);
            announcements.Find(BinaryPrimitives.ReadInt64LittleEndian(message.AsSpan(at)))?.Confirm(confirming);
        }
    }
}
