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

        using (var json = new Utf8JsonWriter(response.BodyWriter))
        {
            json.WriteStartObject();
            json.WriteStartArray("_api_error");
            json.WriteStringValue(Message);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        response.ContentLength = response.BodyWriter.UnflushedBytes;
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
