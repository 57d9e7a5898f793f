using System.Globalization;
using System.Security.Cryptography;
using StackExchange.Redis;
using Tutti.Gateway.Caching.Cluster.Redis;

namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>The log of invalidations in Redis, which gives them their numbers.</summary>
internal sealed class InvalidationLog(RedisLink link, RedisKeys keys, TimeSpan appendTimeout)
{
    /// <summary>Scripts are sent whole: Redis forgets what it has loaded whenever it starts anew.</summary>
    const CommandFlags Whole = CommandFlags.NoScriptCache;

    readonly RedisKey[] _keys = [keys.Head, keys.Log];

    public async ValueTask<Appended?> AppendAsync(LogMessage message)
    {
        RedisValue[] arguments = [FreshEpoch(), keys.Announcements.ToString(), message.Write()];
        var reply = await link.AskAsync(redis => redis.ScriptEvaluateAsync(RedisScripts.Append, _keys, arguments, Whole), appendTimeout);
        return reply.Value is { } result && PositionOf(result) is { } position ? new Appended(position, (int)result[2]) : null;
    }

    /// <summary>Reads from a number on, or the last entry alone.</summary>
    public async ValueTask<LogPage?> ReadAsync(long? first)
    {
        RedisValue[] arguments = [FreshEpoch(), first is { } number ? number : RedisValue.EmptyString];
        var reply = await link.AskAsync(redis => redis.ScriptEvaluateAsync(RedisScripts.Read, _keys, arguments, Whole));
        return reply.Value is { } result && PositionOf(result) is { } end ? new LogPage(end, EntriesOf(result[2], end.Epoch)) : null;
    }

    /// <summary>Makes every node begin anew, because the log is not the one that was followed.</summary>
    public async ValueTask EndEpochAsync(ClusterPosition position)
    {
        RedisValue[] arguments = [FreshEpoch(), keys.Announcements.ToString(), position.EpochText];
        await link.AskAsync(redis => redis.ScriptEvaluateAsync(RedisScripts.EndEpoch, _keys, arguments, Whole));
    }

    static string FreshEpoch() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    static ClusterPosition? PositionOf(RedisResult result) =>
        ulong.TryParse((string?)result[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var epoch)
            ? new ClusterPosition(epoch, (long)result[1])
            : null;

    static List<LogEntry> EntriesOf(RedisResult entries, ulong epoch)
    {
        var read = new List<LogEntry>(entries.Length);
        for (var i = 0; i < entries.Length; i++)
        {
            var id = (string?)entries[i][0] ?? "";
            var number = long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);
            var fields = entries[i][1];
            read.Add(new LogEntry(new ClusterPosition(epoch, number), fields.Length > 1 ? (byte[]?)fields[1] ?? [] : []));
        }

        return read;
    }
}
