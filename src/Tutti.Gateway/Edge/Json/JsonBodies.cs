using Microsoft.AspNetCore.Http.Features;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Edge.Json;

/// <summary>
/// Lets only well-formed JSON through to a service. A body is judged as it comes and held until its last byte was found to be good, so
/// that nothing of a bad one reaches an instance.
/// </summary>
internal sealed class JsonBodies(RequestOptions options, HeldBudget budget)
{
    /// <summary>Judges the body of a request, and puts the one that was read in its place.</summary>
    /// <returns>Why it is refused; null if it is not.</returns>
    public ValueTask<ApiError?> JudgeAsync(HttpContext context, ServiceModel service, JsonMode mode)
    {
        var request = context.Request;
        var isJson = JsonMedia.IsJson(request.ContentType);
        if (!HasBody(context))
        {
            return new(isJson && IsEmptyOnPurpose(request) ? ApiError.BadRequest(new JsonFault("It is empty", 1, 1).ToString()) : null);
        }

        return Refuse(request, isJson, mode) is { } refusal ? new(refusal)
            : isJson ? ReadAsync(context, LimitOf(service))
            : default;
    }

    static ApiError? Refuse(HttpRequest request, bool isJson, JsonMode mode) =>
        !isJson ? mode == JsonMode.Required ? ApiError.BadRequest($"Content-Type must be {JsonMedia.Type}") : null
        : !JsonMedia.IsUtf8(request.ContentType) ? ApiError.BadRequest("JSON is written in UTF-8")
        : JsonMedia.IsCoded(request.Headers) ? new ApiError(StatusCodes.Status415UnsupportedMediaType, "A body that is checked must have no Content-Encoding")
        : null;

    async ValueTask<ApiError?> ReadAsync(HttpContext context, int limit)
    {
        var held = new HeldBytes(budget, limit);
        context.Response.RegisterForDispose(held);
        try
        {
            if (await ReadAsync(context, held, limit) is { } refusal)
            {
                return refusal;
            }
        }
        catch (BadHttpRequestException e)
        {
            return new ApiError(e.StatusCode, $"The body cannot be read: {e.Message}") { EndsConnection = true };
        }

        // It is one piece now, whatever pieces it came in.
        context.Request.Headers.TransferEncoding = default;
        context.Request.ContentLength = held.Length;
        context.Request.Body = held.ToStream();
        return null;
    }

    async ValueTask<ApiError?> ReadAsync(HttpContext context, HeldBytes held, int limit)
    {
        var expected = context.Request.ContentLength ?? 0;
        if (expected > limit)
        {
            return TooLarge(limit);
        }

        var scan = new JsonScan(options.MaxJsonDepth);
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            var end = held.Add(read.Buffer, expected);
            reader.AdvanceTo(read.Buffer.End);
            if (end != HeldEnd.Held)
            {
                return end == HeldEnd.TooLarge ? TooLarge(limit) : new ApiError(StatusCodes.Status503ServiceUnavailable, "Too many bodies are being checked");
            }

            if (scan.Read(held.Span, read.IsCompleted) is { } fault)
            {
                return ApiError.BadRequest($"{fault}");
            }

            if (read.IsCompleted)
            {
                return null;
            }
        }
    }

    int LimitOf(ServiceModel service) => (int)Math.Min(options.MaxJsonBytes, service.Config.Backend.MaxRequestBytes ?? int.MaxValue);

    static ApiError TooLarge(int limit) => new(StatusCodes.Status413PayloadTooLarge, $"The body has more than {limit} bytes, which is the most that is checked");

    static bool HasBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? context.Request.ContentLength is > 0;

    /// <summary>Whether it says that it sends JSON, and of no bytes: no JSON is that short. Methods whose body means nothing may say so.</summary>
    static bool IsEmptyOnPurpose(HttpRequest request) => request.ContentLength is 0
        && (HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method) || HttpMethods.IsPatch(request.Method));
}
