namespace Tutti.Gateway.Caching.Cluster.Redis;

/// <summary>
/// What Redis does in one step. Keys: head, log. The first argument is an epoch to begin with if there is none, or if head and log do
/// not fit each other any more: evicted, overwritten, of a foreign type.
/// </summary>
internal static class RedisScripts
{
    /// <summary>How many invalidations the log keeps, and somewhat more.</summary>
    public const int LogLength = 10_000;

    /// <summary>How many invalidations are read at a time.</summary>
    public const int PageLength = 1_000;

    /// <summary>Arguments: fresh epoch, channel, payload. Returns epoch, number, receivers.</summary>
    public static readonly string Append = $$"""
        {{Head}}
        local number = string.format('%.0f', sequence + 1)
        -- The first write of a script is refused when memory is full, unless it can only free some.
        redis.call('XTRIM', KEYS[2], 'MAXLEN', '~', {{LogLength}})
        redis.call('XADD', KEYS[2], number .. '-0', 'm', ARGV[3])
        redis.call('HSET', KEYS[1], 'sequence', number)
        local receivers = redis.call('PUBLISH', ARGV[2], epoch .. number .. ':' .. ARGV[3])
        return {epoch, number, receivers}
        """;

    /// <summary>Arguments: fresh epoch, first number or nothing for the last. Returns epoch, last number, entries.</summary>
    public static readonly string Read = $$"""
        {{Head}}
        if sequence == 0 then return {epoch, '0', { } } end
        local first = ARGV[2] == '' and string.format('%.0f', sequence) or ARGV[2]
        return {epoch, string.format('%.0f', sequence), redis.call('XRANGE', KEYS[2], first, '+', 'COUNT', {{PageLength}})}
        """;

    /// <summary>Arguments: fresh epoch, channel, the epoch to end. Whoever is told looks for itself.</summary>
    public const string EndEpoch = """
        if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[3] then return 0 end
        redis.call('DEL', KEYS[1], KEYS[2])
        redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'sequence', 0)
        redis.call('PUBLISH', ARGV[2], '')
        return 1
        """;

    /// <summary>Deletes a lock if it is still one's own.</summary>
    public const string Release = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

    const string Head = """
        local function intact()
          if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then return end
          local head = redis.call('HMGET', KEYS[1], 'epoch', 'sequence')
          local epoch, number = head[1] or '', head[2] or ''
          if #epoch ~= 16 or not string.match(epoch, '^%x+$') or #number > 15 or not string.match(number, '^%d+$') then return end
          local log = redis.call('TYPE', KEYS[2]).ok
          if number == '0' then
            if log == 'none' then return epoch, 0 end
            return
          end
          if log ~= 'stream' then return end
          local newest = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)[1]
          if newest and newest[1] == number .. '-0' then return epoch, tonumber(number) end
        end
        local epoch, sequence = intact()
        if not epoch then
          epoch, sequence = ARGV[1], 0
          redis.call('DEL', KEYS[1], KEYS[2])
          redis.call('HSET', KEYS[1], 'epoch', epoch, 'sequence', 0)
        end
        """;
}
