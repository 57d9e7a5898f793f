using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Hosting.Hystrix;

/// <summary>The stream that Hystrix dashboards read: every command and pool, again and again, until the client leaves or the node stops.</summary>
internal sealed class HystrixStream(
    PartRegistry registry, PartStatsTable table, ResilienceStates states, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    const int MostClients = 10;
    const int ShortestDelay = 100;
    const int UsualDelay = 1_000;
    const int LongestDelay = 60_000;

    int _clients;

    public async Task HandleAsync(HttpContext context)
    {
        if (DelayOf(context.Request.Query["delayMs"]) is not { } delay)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync($"delayMs must be a whole number from {ShortestDelay} to {LongestDelay}");
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _clients) > MostClients)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                await context.Response.WriteAsync($"MaxConcurrentConnections reached: {MostClients}");
                return;
            }

            using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            await RunAsync(context.Response, delay, ends.Token);
        }
        catch (OperationCanceledException)
        {
            // The usual end: the client left or the node stops.
        }
        finally
        {
            Interlocked.Decrement(ref _clients);
        }
    }

    async Task RunAsync(HttpResponse response, TimeSpan delay, CancellationToken ct)
    {
        response.ContentType = "text/event-stream; charset=UTF-8";
        response.Headers.CacheControl = "no-cache, no-store, max-age=0, must-revalidate";
        response.Headers.Pragma = "no-cache";
        while (true)
        {
            if (!Write(response))
            {
                response.BodyWriter.Write("ping: \n\n"u8);
            }

            await response.BodyWriter.FlushAsync(ct);
            await Task.Delay(delay, clock, ct);
        }
    }

    /// <summary>Writes one round.</summary>
    /// <returns>Whether there was anything.</returns>
    bool Write(HttpResponse response)
    {
        var parts = registry.Current.Parts;
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var stats = table.All.ToArray();
        var any = false;
        foreach (var one in stats)
        {
            if (parts.TryGetValue(one.PartId, out var part))
            {
                Send(response, json => HystrixCommand.Write(json, part, one, states.CircuitOf(part), now));
                any = true;
            }
        }

        var byPool = stats.Where(one => parts.ContainsKey(one.PartId)).ToLookup(one => parts[one.PartId].Config.Pool, StringComparer.Ordinal);
        foreach (var pool in states.Pools.Where(pool => pool.Entered > pool.Active))
        {
            Send(response, json => HystrixThreadPool.Write(json, pool, [.. byPool[pool.Key]], now));
            any = true;
        }

        return any;
    }

    static void Send(HttpResponse response, Action<Utf8JsonWriter> write)
    {
        response.BodyWriter.Write("data: "u8);
        using (var json = new Utf8JsonWriter(response.BodyWriter))
        {
            write(json);
        }

        response.BodyWriter.Write("\n\n"u8);
    }

    static TimeSpan? DelayOf(string? text) =>
        string.IsNullOrEmpty(text) ? TimeSpan.FromMilliseconds(UsualDelay)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var delay) && delay is >= ShortestDelay and <= LongestDelay
            ? TimeSpan.FromMilliseconds(delay)
            : null;
}
