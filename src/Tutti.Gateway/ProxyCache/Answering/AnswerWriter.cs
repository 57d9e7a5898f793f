using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.ProxyCache.Entries;

namespace Tutti.Gateway.ProxyCache.Answering;

/// <summary>Answers clients from what is stored: whole, in part, or with 304; with <c>Age</c> and <c>Cache-Status</c>.</summary>
internal sealed class AnswerWriter(TimeProvider clock)
{
    /// <summary>The name of this cache in <c>Cache-Status</c>.</summary>
    public const string Cache = "Tutti";

    /// <summary>Answers with what is stored.</summary>
    /// <param name="status">What is told of how it came; null for a hit.</param>
    public ValueTask WriteAsync(CacheCall call, StoredAnswer stored, CacheStatus? status = null)
    {
        var resident = clock.GetElapsedTime(stored.StoredAt);
        var response = call.Context.Response;
        var age = stored.Policy.AgeAt(resident);
        var left = stored.Policy.Lifetime - (long)age;
        if (call.HasConditions)
        {
            return WriteConditionalAsync(call, stored, age, Told(status, left));
        }

        Begin(response, stored, stored.Policy.Status, stored.Lines);
        Tell(response, age, Told(status, left));
        return WriteBodyAsync(call, stored, stored.Body);
    }

    /// <summary>The client wants no call to the service, and without one there is no answer (RFC 9111, 5.2.1.7).</summary>
    public static void WriteNotCached(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status504GatewayTimeout;
        response.Headers.CacheControl = "no-store";
        response.Headers["Cache-Status"] = $"{Cache}; detail=only-if-cached";
    }

    ValueTask WriteConditionalAsync(CacheCall call, StoredAnswer stored, uint age, string told)
    {
        var response = call.Context.Response;
        var length = stored.Body.Length;
        var answer = ValidationRules.Answer(stored.Policy, new CacheRequest(call.IsHead ? "HEAD" : "GET", call.Fields, default), length, clock.GetUtcNow(), out var range);
        if (answer == ClientAnswer.NotModified)
        {
            Begin(response, stored, StatusCodes.Status304NotModified, []);
            foreach (var line in ValidationRules.NotModifiedFields(stored.Fields).Lines)
            {
                response.Headers.Append(line.Name, line.Value);
            }

            Tell(response, age, told);
            return ValueTask.CompletedTask;
        }

        if (answer == ClientAnswer.Whole && MultiRange.Of(call, stored) is { } several)
        {
            Begin(response, stored, StatusCodes.Status206PartialContent, stored.Lines);
            response.ContentType = several.Type;
            Tell(response, age, told);
            return WriteBodyAsync(call, stored, several.Body);
        }

        Begin(response, stored, answer switch
        {
            ClientAnswer.Part => StatusCodes.Status206PartialContent,
            ClientAnswer.RangeNotSatisfiable => StatusCodes.Status416RangeNotSatisfiable,
            _ => stored.Policy.Status,
        }, stored.Lines);
        Tell(response, age, told);
        if (answer == ClientAnswer.RangeNotSatisfiable)
        {
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{length}");
            return ValueTask.CompletedTask;
        }

        if (answer == ClientAnswer.Part)
        {
            response.Headers.ContentRange = range.ContentRange(length);
            return WriteBodyAsync(call, stored, stored.Body.Slice((int)range.First, (int)(range.Last - range.First + 1)));
        }

        return WriteBodyAsync(call, stored, stored.Body);
    }

    static void Begin(HttpResponse response, StoredAnswer stored, int status, KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>[] lines)
    {
        response.StatusCode = status;
        if (stored.Reason is { } reason && status == stored.Policy.Status)
        {
            response.HttpContext.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = reason;
        }

        var headers = response.Headers;
        foreach (var (name, value) in lines)
        {
            headers[name] = value;
        }
    }

    static void Tell(HttpResponse response, uint age, string told)
    {
        response.Headers.Age = age.ToString(CultureInfo.InvariantCulture);
        response.Headers.Append("Cache-Status", told);
    }

    static string Told(CacheStatus? status, long left) => status is { } known
        ? (known with { TimeToLive = left }).Write(Cache)
        : string.Create(CultureInfo.InvariantCulture, $"{Cache}; hit; ttl={left}");

    static ValueTask WriteBodyAsync(CacheCall call, StoredAnswer stored, ReadOnlyMemory<byte> body)
    {
        if (stored.Policy.Status is 204 or 205 or 304)
        {
            return ValueTask.CompletedTask;
        }

        call.Context.Response.ContentLength = body.Length;
        if (call.IsHead || body.IsEmpty)
        {
            return ValueTask.CompletedTask;
        }

        var written = call.Context.Response.BodyWriter.WriteAsync(body, call.Context.RequestAborted);
        return written.IsCompletedSuccessfully ? Done(written.Result) : new ValueTask(written.AsTask());
    }

    static ValueTask Done(System.IO.Pipelines.FlushResult _) => ValueTask.CompletedTask;
}
