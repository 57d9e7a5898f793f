using StackExchange.Redis;

namespace Tutti.Gateway.Caching.Cluster.Redis;

/// <summary>The connection to Redis. It is made and made again in the background; whoever asks gets a reply in time or none.</summary>
internal sealed class RedisLink(ClusterOptions options, RedisGate gate, TimeProvider clock) : IAsyncDisposable
{
    const int ConnectTimeoutMs = 2_000;
    const int LeastTimeoutMs = 2_000;

    readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(options.OperationTimeoutMs);
    ConnectionMultiplexer? _redis;
    volatile bool _isClosing;
    int _timeouts;
    int _reconnects;

    public bool IsConnected => _redis is { IsConnected: true };

    /// <summary>How many operations Redis did not answer in time.</summary>
    public int Timeouts => Volatile.Read(ref _timeouts);

    /// <summary>How many times a lost connection came back.</summary>
    public int Reconnects => Volatile.Read(ref _reconnects);

    /// <summary>Gets connected, however long it takes, and stays so.</summary>
    /// <param name="restored">Called whenever a lost connection is back.</param>
    public async Task ConnectAsync(Action restored, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var redis = await ConnectionMultiplexer.ConnectAsync(Configuration());
                redis.ConnectionFailed += (_, failure) => Miss(failure.FailureType);
                redis.ConnectionRestored += (_, _) =>
                {
                    Interlocked.Increment(ref _reconnects);
                    restored();
                };
                _redis = redis;
                restored();
                return;
            }
            catch (Exception e) when (IsTrouble(e))
            {
                gate.Shut($"no connection ({e.GetType().Name})");
                await Task.Delay(TimeSpan.FromMilliseconds(options.RetryMs), clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Has messages of a channel handed over in their order, now and after each reconnection; ends what was subscribed before.</summary>
    public async Task<bool> SubscribeAsync(RedisChannel channel, Action<byte[]> take)
    {
        try
        {
            var subscriber = _redis!.GetSubscriber();
            await subscriber.UnsubscribeAsync(channel);
            var queue = await subscriber.SubscribeAsync(channel);
            queue.OnMessage(message => take((byte[]?)message.Message ?? []));
            return true;
        }
        catch (Exception e) when (IsTrouble(e))
        {
            return false;
        }
    }

    /// <summary>Asks, and waits no longer than one operation may take.</summary>
    public Task<Reply<T?>> AskAsync<T>(Func<IDatabase, Task<T>> ask) => AskAsync(ask, _timeout);

    public async Task<Reply<T?>> AskAsync<T>(Func<IDatabase, Task<T>> ask, TimeSpan timeout)
    {
        if (_redis is null)
        {
            return Reply<T>.None;
        }

        Task<T>? asked = null;
        try
        {
            asked = ask(_redis.GetDatabase());
            var value = await asked.WaitAsync(timeout, clock);
            gate.Succeed();
            return Reply<T?>.Of(value);
        }
        catch (RedisServerException)
        {
            // A refusal is an answer: Redis is there, and may well do other things.
            return Reply<T>.None;
        }
        catch (TimeoutException)
        {
            Forget(asked);
            Interlocked.Increment(ref _timeouts);
            gate.Fail($"no answer within {timeout.TotalMilliseconds} ms");
            return Reply<T>.None;
        }
        catch (Exception e) when (IsTrouble(e))
        {
            gate.Fail($"an operation failed ({e.GetType().Name})");
            return Reply<T>.None;
        }
    }

    /// <summary>Sends what nobody waits for.</summary>
    public void Tell(RedisChannel channel, byte[] message) => _ = AskAsync(redis => redis.PublishAsync(channel, message));

    public async ValueTask DisposeAsync()
    {
        _isClosing = true;
        if (_redis is { } redis)
        {
            await redis.CloseAsync(allowCommandsToComplete: false);
            await redis.DisposeAsync();
        }
    }

    /// <summary>Nobody looks at an answer that comes too late, nor at its failure.</summary>
    static void Forget(Task? asked) =>
        asked?.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    static bool IsTrouble(Exception e) =>
        e is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException or OperationCanceledException or IOException
            or System.Net.Sockets.SocketException;

    void Miss(ConnectionFailureType failure)
    {
        if (!_isClosing)
        {
            gate.Shut($"the connection failed ({failure})");
        }
    }

    ConfigurationOptions Configuration()
    {
        var configuration = ConfigurationOptions.Parse(options.ConnectionString);
        configuration.AbortOnConnectFail = false;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ReconnectRetryPolicy = new LinearRetry(options.RetryMs);
        configuration.ConnectTimeout = ConnectTimeoutMs;
        configuration.ConnectRetry = 1;
        configuration.KeepAlive = 5;
        configuration.SyncTimeout = configuration.AsyncTimeout = Math.Max(LeastTimeoutMs, Math.Max(options.OperationTimeoutMs, options.InvalidationWaitMs));
        configuration.ClientName ??= "tutti";
        configuration.IncludeDetailInExceptions = false;
        return configuration;
    }
}
