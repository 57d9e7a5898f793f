using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Tutti.Gateway.Locator.Hosts;

/// <summary>Tells as server-sent events which instances of a service come and go. Those that are in already come first.</summary>
internal sealed class ServiceEvents(ServiceHostsDoor hosts, ServiceFeed feed, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    const int MostReaders = 1_000;

    const string Running = "running";

    const string Stopped = "stopped";

    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    public Task TextsAsync(HttpContext context, string name) => HandleAsync(context, name, ServiceHost.TextOf);

    public Task HostsAsync(HttpContext context, string name) =>
        HandleAsync(context, name, static address => JsonSerializer.Serialize(ServiceHost.Of(address), LocatorJson.Default.ServiceHost));

    async Task HandleAsync(HttpContext context, string name, Func<Uri, string> form)
    {
        if (Refusal(context, name) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        var events = feed.Join();
        try
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            await RunAsync(context, name, form, events.Reader, ends.Token);
        }
        catch (OperationCanceledException)
        {
            // The usual end: the client left or the node stops.
        }
        finally
        {
            feed.Leave(events);
        }
    }

    int? Refusal(HttpContext context, string name) =>
        hosts.Service(name) is null ? StatusCodes.Status404NotFound
        : context.Request.Query["event"] is not ([] or [Running] or [Stopped]) ? StatusCodes.Status400BadRequest
        : feed.Readers >= MostReaders ? StatusCodes.Status503ServiceUnavailable
        : null;

    async Task RunAsync(HttpContext context, string name, Func<Uri, string> form, ChannelReader<InstanceEvent> events, CancellationToken ct)
    {
        var wanted = context.Request.Query["event"].ToString();

        // Clients of ConductR fail at a charset.
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        foreach (var address in hosts.Addresses(name))
        {
            Write(context.Response, wanted, Running, form(address));
        }

        using var beats = new PeriodicTimer(Heartbeat, clock);
        var beat = beats.WaitForNextTickAsync(ct).AsTask();
        var more = events.WaitToReadAsync(ct).AsTask();
        while (true)
        {
            await context.Response.BodyWriter.FlushAsync(ct);
            if (await Task.WhenAny(beat, more) == beat)
            {
                await beat;
                context.Response.BodyWriter.Write(":\n\n"u8);
                beat = beats.WaitForNextTickAsync(ct).AsTask();
                continue;
            }

            await more;
            while (events.TryRead(out var happened))
            {
                if (happened.Service == name)
                {
                    Write(context.Response, wanted, happened.IsIn ? Running : Stopped, form(happened.Address));
                }
            }

            more = events.WaitToReadAsync(ct).AsTask();
        }
    }

    static void Write(HttpResponse response, string wanted, string what, string data)
    {
        if (wanted.Length == 0 || wanted == what)
        {
            response.BodyWriter.Write(Encoding.UTF8.GetBytes($"event:{what}\ndata:{data}\n\n"));
        }
    }
}
