using System.Diagnostics;
using System.Text.Json;

namespace Tutti.Bench.Limit;

/// <summary>Answers <c>POST /octoparts/2</c>: read, fetch every part at once, write.</summary>
sealed class AggregateEndpoint(Func<PartCall, CancellationToken, Task> send)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var ct = context.RequestAborted;
        var started = Stopwatch.GetTimestamp();
        Aggregate aggregate;
        try
        {
            aggregate = await AggregateReader.ReadAsync(context.Request.BodyReader, ct);
        }
        catch (JsonException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        try
        {
            await FetchAsync(aggregate.Calls, ct);
            context.Response.ContentType = "application/json; charset=utf-8";
            AggregateWriter.Write(aggregate, Stopwatch.GetElapsedTime(started), context.Response.BodyWriter);
            await context.Response.BodyWriter.FlushAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The caller left: there is nobody to answer.
        }
        finally
        {
            foreach (var call in aggregate.Calls)
            {
                call.Release();
            }
        }
    }

    Task FetchAsync(List<PartCall> calls, CancellationToken ct)
    {
        var fetches = new Task[calls.Count];
        for (var i = 0; i < fetches.Length; i++)
        {
            fetches[i] = send(calls[i], ct);
        }

        return Task.WhenAll(fetches);
    }
}
