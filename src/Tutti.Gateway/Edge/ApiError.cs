using System.Buffers;
using System.Text.Json;

namespace Tutti.Gateway.Edge;

/// <summary>Why a request is refused before it meets a door, in Ocean's form: <c>{"_api_error":["…"]}</c>.</summary>
internal sealed record ApiError(int Status, string Message)
{
    public static ApiError BadRequest(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>Whether what follows on the connection cannot be trusted.</summary>
    public bool EndsConnection { get; init; }

    public async Task WriteAsync(HttpContext context)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "max-age=0, must-revalidate";
        if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = "1";
        }

        if (EndsConnection && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            response.Headers.Connection = "close";
        }

        var body = Body();
        response.ContentLength = body.WrittenCount;
        await response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    ArrayBufferWriter<byte> Body()
    {
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteStartArray("_api_error");
        json.WriteStringValue(Message);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return body;
    }
}
