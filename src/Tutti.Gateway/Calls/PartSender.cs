using System.Net;
using System.Runtime.CompilerServices;
using Tutti.Gateway.Calls.Connections;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Calls;

/// <summary>Step 6. Sends a call and reads its answer. The one place where the trouble of backends is caught.</summary>
internal sealed class PartSender(BackendConnections connections, ServiceCalls services, UnsafeAnswers unsafeAnswers, BackendOptions options)
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
            var head = AnswerHead.Of(response);
            if (head.Broken is { } broken)
            {
                return broken;
            }

            var outcome = head.ToOutcome(HasBody(call.Part, response));
            if (outcome.Type is null)
            {
                return outcome;
            }

            var body = await BodyReader.ReadAsync(response, in head, call.Part, LimitOf(call.Part), silence);
            outcome.Body = body.Body;
            return body.Failure ?? outcome;
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
        return call.Part.Service is { } service ? SendAsync(invoker, call, service, acceptEncoding, silence.Token)
            : call.Part.FollowRedirects == 0 ? SendAsync(invoker, call, call.Uri, acceptEncoding, silence.Token)
            : FollowAsync(invoker, call, acceptEncoding, silence);
    }

    Task<HttpResponseMessage> SendAsync(HttpMessageInvoker invoker, PartCall call, Uri uri, string? acceptEncoding, CancellationToken ct)
    {
        var sending = invoker.SendAsync(call.ToRequest(uri, acceptEncoding), ct);
        return call.Part.IsSafe ? sending : unsafeAnswers.TellAsync(call.Part, uri, sending);
    }

    Task<HttpResponseMessage> SendAsync(HttpMessageInvoker invoker, PartCall call, string service, string? acceptEncoding, CancellationToken ct)
    {
        var sending = services.SendAsync(invoker, call, service, acceptEncoding, ct);
        return call.Part.IsSafe ? sending : unsafeAnswers.TellAsync(call.Part, call.Uri, sending);
    }

    async Task<HttpResponseMessage> FollowAsync(HttpMessageInvoker invoker, PartCall call, string? acceptEncoding, SilenceTimer silence)
    {
        var uri = call.Uri;
        for (var redirects = 0; ; redirects++)
        {
            var response = await SendAsync(invoker, call, uri, acceptEncoding, silence.Token);
            if (redirects >= call.Part.FollowRedirects || Redirect.Of(call, uri, response) is not { } next)
            {
                return response;
            }

            silence.Heard();
            response.Dispose();
            uri = next;
        }
    }

    /// <summary>Whether an answer has a body to read (RFC 9110, 6.4.1).</summary>
    public static bool HasBody(PartModel part, HttpResponseMessage response) =>
        part.Method != HttpMethod.Head && response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified);

    long LimitOf(PartModel part) => Math.Min(part.MaxBodyBytes ?? options.MaxBodyBytes, BodyReader.MostBytes);

    public static SilenceTimer SilenceOf(PartModel part, CallBudget budget) => new(budget, part.ReadTimeout, part.ConnectTimeout);
}
