using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using Tutti.FunctionalTests.Hosting;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Caching.Cluster.Entries;
using Tutti.Gateway.Caching.Cluster.Invalidations;

namespace Tutti.FunctionalTests.Caching;

/// <summary>A node of a cluster, with a note of all that it was told.</summary>
internal sealed class Member : IAsyncDisposable
{
    /// <summary>The order in which the cluster told it: <c>number invalidation</c>.</summary>
    public ConcurrentQueue<(long Sequence, Invalidation Invalidation)> Applied { get; } = new();

    /// <summary>The numbers that its own invalidations got, by their marks.</summary>
    public ConcurrentQueue<(Invalidation Invalidation, long Mark, long Sequence)> Numbered { get; } = new();

    readonly LoggerFactory _logging;
    int _lost;
    long _mark;

    Member(ClusterOptions options, Action? apply)
    {
        _logging = new LoggerFactory([Log]);
        Node = new ClusterNode(options, TimeProvider.System, _logging.CreateLogger<ClusterNode>());
        Node.Start(new ClusterEvents
        {
            Apply = (invalidation, sequence) =>
            {
                apply?.Invoke();
                Applied.Enqueue((sequence, invalidation));
            },
            Number = (invalidation, mark, sequence) => Numbered.Enqueue((invalidation, mark, sequence)),
            Lost = () => Interlocked.Increment(ref _lost),
        });
    }

    public ClusterNode Node { get; }

    public LogLines Log { get; } = new();

    /// <summary>How many times it had to drop everything; once when it meets the cluster.</summary>
    public int Lost => Volatile.Read(ref _lost);

    public static Member Start(RedisServer redis, Action<ClusterOptions>? change = null, Action? apply = null)
    {
        // A noisy machine may take longer than a call would wait; only the tests of limits use the default.
        var options = new ClusterOptions { ConnectionString = redis.ConnectionString, OperationTimeoutMs = 1_000, InvalidationWaitMs = 5_000, RetryMs = 200, PollMs = 200 };
        change?.Invoke(options);
        return new Member(options, apply);
    }

    public static async Task<Member> JoinAsync(RedisServer redis, Action<ClusterOptions>? change = null, Action? apply = null)
    {
        var member = Start(redis, change, apply);
        await member.InStepAsync();
        return member;
    }

    public Task InStepAsync() => Eventually.TrueAsync(() => Node.IsInStep);

    public Task AwayAsync() => Eventually.TrueAsync(() => !Node.IsInStep);

    public ValueTask<InvalidationResult> InvalidateAsync(Invalidation invalidation) =>
        Node.InvalidateAsync(invalidation, Interlocked.Increment(ref _mark), CancellationToken.None);

    public void Write(string identity, string text) =>
        Node.Write(Key(identity), Node.Current, Encoding.UTF8.GetBytes(text), TimeSpan.FromMinutes(1));

    /// <summary>The text of an entry; null if there is none or Redis is not available.</summary>
    public async Task<string?> ReadAsync(string identity) =>
        (await Node.ReadAsync(Key(identity))).Value is { } entry ? Encoding.UTF8.GetString(entry.Bytes.Span) : null;

    public Task HasAsync(string identity, string text) => Eventually.TrueAsync(async () => await ReadAsync(identity) == text);

    public static EntryKey Key(string identity) => EntryKey.Of(Encoding.UTF8.GetBytes(identity));

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        _logging.Dispose();
    }
}
