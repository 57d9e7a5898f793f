using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace Tutti.Batching.Reading;

/// <summary>Reads the JSON batch of a <c>POST</c>, up to the limits.</summary>
internal sealed class BodyReader(IOptions<TuttiBatchingOptions> options)
{
    public async ValueTask<(BatchPlan? Plan, BatchRefusal? Refusal)> ReadAsync(HttpContext context)
    {
        if (RefuseMedia(context.Request) is { } refusal)
        {
            return (null, refusal);
        }

        try
        {
            return await ReadBytesAsync(context) is { } body
                ? (Plan(context, body, out var malformed), malformed)
                : (null, new BatchRefusal(StatusCodes.Status413PayloadTooLarge, "Batch too large", [$"The body is larger than {options.Value.MaxRequestBytes} bytes"]));
        }
        catch (BadHttpRequestException e)
        {
            return (null, new BatchRefusal(e.StatusCode, "Bad request", [e.Message]));
        }
    }

    static BatchRefusal? RefuseMedia(HttpRequest request)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType.ToString() : null;
        if (type is null || !(type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Equals("text/json", StringComparison.OrdinalIgnoreCase)))
        {
            return Unsupported(type is null ? "The batch has no Content-Type: application/json is accepted" : $"A batch as {type} is not read: application/json is accepted");
        }

        var coding = request.Headers.ContentEncoding.ToString();
        return coding.Length > 0 && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase) ? Unsupported("The batch is encoded: leave Content-Encoding out") : null;
    }

    static BatchRefusal Unsupported(string fault) => new(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", [fault]);

    /// <summary>The body in memory of its own: calls may read theirs out of it longer than the batch lasts.</summary>
    async ValueTask<byte[]?> ReadBytesAsync(HttpContext context)
    {
        var limit = options.Value.MaxRequestBytes;
        var reader = context.Request.BodyReader;
        if (context.Request.ContentLength > limit)
        {
            return null;
        }

        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    BatchPlan? Plan(HttpContext context, byte[] body, out BatchRefusal? refusal)
    {
        if (Media.CharsetOf(context.Request.ContentType) is { } charset)
        {
            body = Encoding.Convert(charset, Encoding.UTF8, body);
        }

        if (!Utf8.IsValid(body))
        {
            refusal = BatchRefusal.Malformed("The batch is not UTF-8");
            return null;
        }

        var faults = new List<string>();
        var calls = JsonBatch.Read(body.AsMemory(body.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? 3 : 0), options.Value, faults);
        if (calls is null)
        {
            refusal = BatchRefusal.Malformed(faults);
            return null;
        }

        var query = context.Request.Query;
        var wishes = BatchWishes.Read(Single(query, BatchWishes.EnvelopeName), Single(query, BatchWishes.RequireName), faults);
        return BatchPlan.Make(calls, wishes, options.Value, faults, out refusal);
    }

    static string? Single(IQueryCollection query, string name) => query.TryGetValue(name, out var values) ? values.ToString() : null;
}
