using System.Net;
using System.Runtime.CompilerServices;
using Tutti.Gateway.Calls.Connections;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Calls;

/// <summary>Step 6. Sends a call and reads its answer. The one place where the trouble of backends is caught.</summary>
internal sealed class PartSender(BackendConnections connections, BackendOptions options)
{
    /// <summary>Sends a call and reads the whole answer into memory.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<PartOutcome> SendAsync(PartCall call, CallBudget budget)
    {
        using var silence = SilenceOf(call.Part, budget);
        try
        {
            using var response = await OpenAsync(call, BodyReader.AcceptEncoding, silence);
            silence.Heard();
            return await ReadAsync(response, call.Part, silence);
        }
        catch (Exception e) when (BackendTrouble.Is(e))
        {
            return BackendTrouble.Tell(e, call.Part, budget, silence);
        }
    }

    /// <summary>Sends a call and hands its answer over as soon as the headers are there; the body is still to come.</summary>
    /// <param name="acceptEncoding">The codings that the caller of this gateway understands.</param>
    public async ValueTask<OpenAnswer> OpenAsync(PartCall call, string? acceptEncoding, CallBudget budget)
    {
        using var silence = SilenceOf(call.Part, budget);
        try
        {
            return new OpenAnswer(await OpenAsync(call, acceptEncoding, silence), null);
        }
        catch (Exception e) when (BackendTrouble.Is(e))
        {
            return new OpenAnswer(null, BackendTrouble.Tell(e, call.Part, budget, silence));
        }
    }

    Task<HttpResponseMessage> OpenAsync(PartCall call, string? acceptEncoding, SilenceTimer silence)
    {
        var invoker = connections.Of(call.Part);
        return call.Part.Config.Backend.FollowRedirects == 0
            ? invoker.SendAsync(call.ToRequest(call.Uri, acceptEncoding), silence.Token)
            : FollowAsync(invoker, call, acceptEncoding, silence);
    }

    static async Task<HttpResponseMessage> FollowAsync(HttpMessageInvoker invoker, PartCall call, string? acceptEncoding, SilenceTimer silence)
    {
        var uri = call.Uri;
        for (var redirects = 0; ; redirects++)
        {
            var response = await invoker.SendAsync(call.ToRequest(uri, acceptEncoding), silence.Token);
            if (redirects >= call.Part.Config.Backend.FollowRedirects || Redirect.Of(call, uri, response) is not { } next)
            {
                return response;
            }

            silence.Heard();
            response.Dispose();
            uri = next;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<PartOutcome> ReadAsync(HttpResponseMessage response, PartModel part, SilenceTimer silence)
    {
        if (BrokenAnswer.Of(response) is { } broken)
        {
            return broken;
        }

        var status = (int)response.StatusCode;
        var hasBody = part.Method != HttpMethod.Head && response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified);
        var headers = response.Content.Headers.NonValidated;
        ContentType? declared = headers.TryGetValues("Content-Type", out var values) ? ContentType.Parse(values.ToString()) : null;
        var limit = Math.Min(part.Config.Backend.MaxBodyBytes ?? options.MaxBodyBytes, BodyReader.MostBytes);
        var body = hasBody ? await BodyReader.ReadAsync(response, part, declared?.Charset, limit, silence) : default;
        var type = declared ?? ContentType.Undeclared;
        return body.Failure ?? new PartOutcome
        {
            Status = status,
            Reason = string.IsNullOrEmpty(response.ReasonPhrase) ? null : response.ReasonPhrase,
            MimeType = hasBody ? type.MimeType : null,
            Charset = hasBody ? type.Charset : null,
            Body = body.Body,
            SetCookies = response.Headers.NonValidated.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [],
            CacheHeaders = CacheHeadersOf(response),
        };
    }

    static CacheHeaders CacheHeadersOf(HttpResponseMessage response)
    {
        var headers = response.Headers.NonValidated;
        return new CacheHeaders(
            headers.TryGetValues("Cache-Control", out var control) ? control.ToString() : null,
            headers.TryGetValues("ETag", out var etag) ? etag.ToString() : null,
            response.Content.Headers.NonValidated.TryGetValues("Last-Modified", out var modified) ? modified.ToString() : null);
    }

    public static SilenceTimer SilenceOf(PartModel part, CallBudget budget) => new(
        budget,
        TimeSpan.FromMilliseconds(part.Config.Backend.ReadTimeout),
        TimeSpan.FromMilliseconds(part.Config.Backend.ConnectTimeout));
}
