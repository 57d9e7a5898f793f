using System.Buffers;
using System.IO.Pipelines;

namespace Tutti.Gateway.Aggregation.Wire;

/// <summary>Reads the body of a request into memory, up to a limit.</summary>
internal static class RequestBody
{
    /// <summary>Reads to the end. The pipe keeps the bytes until it is advanced.</summary>
    /// <returns>Null where the body is larger than the limit.</returns>
    public static async ValueTask<ReadOnlySequence<byte>?> ReadAsync(HttpRequest request, int limit, CancellationToken ct)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(ct);
            if (read.Buffer.Length > limit)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                return read.Buffer;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>The words for a request that the server finds broken while its body is read: bad chunks, or one that comes too slowly.</summary>
    public static string Unreadable(BadHttpRequestException e) => $"The request cannot be read: {e.Message}";
}
