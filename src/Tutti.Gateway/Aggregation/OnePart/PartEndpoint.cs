using System.Text;
using System.Text.Unicode;
using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Aggregation.Wire;
using Tutti.Gateway.Caching;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience.Opening;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Aggregation.OnePart;

/// <summary>The door of one part as plain HTTP: <c>/parts/{partId}?name=value</c>, answered with the backend's own response.</summary>
internal sealed class PartEndpoint(
    PartRegistry registry, CachedDoor cached, PartOpener opener, AnswerStream stream, AggregateGate gate, AggregationOptions options, TimeProvider clock)
{
    public async Task HandleAsync(HttpContext context, string partId)
    {
        if (!gate.TryEnter())
        {
            context.Response.Headers.RetryAfter = "1";
            await PartProblem.WriteAsync(context, 503, "At its limit", "The gateway is at its limit of concurrent requests");
            return;
        }

        try
        {
            await AnswerAsync(context, partId);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await PartProblem.WriteAsync(context, e.StatusCode, "Bad request", RequestBody.Unreadable(e));
        }
        finally
        {
            gate.Leave();
        }
    }

    async Task AnswerAsync(HttpContext context, string partId)
    {
        if (!registry.Current.Parts.TryGetValue(partId, out var part))
        {
            await PartProblem.WriteAsync(context, PartOutcome.Failed(PartFailure.UnknownPart, $"PartId {partId} is unsupported"));
            return;
        }

        if (!Allows(part, context.Request.Method))
        {
            context.Response.Headers.Allow = part.Method == HttpMethod.Get ? "GET, HEAD" : part.Method.Method;
            await PartProblem.WriteAsync(context, 405, "Method not allowed", $"Part {part.Id} is called with {part.Method}");
            return;
        }

        if (await ReadBodyAsync(context, part) is not { } values)
        {
            return;
        }

        using var span = TuttiTracing.StartAggregate(context);
        var trace = span is null ? TraceContext.FromCaller(context.Request.Headers) : TraceContext.Of(span, context.Request.Headers);
        var request = new PartRequest(part.Id, null, values);
        var meta = new RequestMeta(trace.TraceId);
        Announce(context, part);
        CacheTicket? ticket = null;
        var hit = part.IsCached && !BringsOwnType(part, context.Request) ? cached.Find(context.Request, part, new ParamValues(part, meta, values), out ticket) : null;
        if (hit is not null && ticket is null)
        {
            await cached.WriteAsync(context, hit);
        }
        else if (!CallBinder.TryBind(part, meta, request, trace, out var call, out var refusal))
        {
            await PartProblem.WriteAsync(context, refusal);
        }
        else if (part.Config.LocalContents.Enabled)
        {
            await AnswerStream.WriteLocalAsync(context, PartOutcome.Local(part.Config.LocalContents.Contents));
        }
        else if (ticket is not null)
        {
            await cached.AnswerAsync(context, WithContentType(call, context.Request), hit, ticket);
        }
        else
        {
            await CallAsync(context, WithContentType(call, context.Request));
        }
    }

    static void Announce(HttpContext context, PartModel part)
    {
        if (part.Config.DeprecatedInFavourOf is { Length: > 0 } successor)
        {
            context.Response.Headers.Link = $"</parts/{Uri.EscapeDataString(successor)}>; rel=\"successor-version\"";
        }
    }

    async Task CallAsync(HttpContext context, PartCall call)
    {
        using var own = new CancellationTokenSource(call.Part.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(own.Token, context.RequestAborted);
        var budget = new CallBudget(call.Part.Timeout, call.Part.Config.Timeout, IsPartsOwn: true, both.Token, context.RequestAborted);
        var open = await opener.OpenAsync(call, AnswerStream.AcceptEncodingOf(context.Request), budget);
        if (open.Response is not null)
        {
            await stream.CopyAsync(context, call, open, budget);
        }
        else
        {
            await AnswerStream.WriteFailureAsync(context, call.Part, open.Failure!);
        }
    }

    /// <summary>The values: those of the query, and the request's body for the part's body param.</summary>
    /// <returns>Null where the body was refused and the refusal is written.</returns>
    async ValueTask<List<PartRequestParam>?> ReadBodyAsync(HttpContext context, PartModel part)
    {
        var values = new List<PartRequestParam>();
        foreach (var (name, given) in context.Request.Query)
        {
            foreach (var value in given)
            {
                values.Add(new PartRequestParam(name, value ?? ""));
            }
        }

        if (!part.TakesBody || part.Params.FirstOrDefault(param => param.In == ParamKind.Body) is not { } body)
        {
            return values;
        }

        if (RequestMedia.RefuseCoding(context.Request) is { } coding)
        {
            await PartProblem.WriteAsync(context, 415, "Unsupported coding", coding);
            return null;
        }

        if (await RequestBody.ReadAsync(context.Request, options.MaxRequestBytes, context.RequestAborted) is not { } bytes)
        {
            await PartProblem.WriteAsync(context, 413, "Request too large", $"The request is larger than {options.MaxRequestBytes} bytes");
            return null;
        }

        var isText = bytes.IsSingleSegment && Utf8.IsValid(bytes.FirstSpan) || !bytes.IsSingleSegment && Utf8.IsValid(System.Buffers.BuffersExtensions.ToArray(bytes));
        var text = isText ? Encoding.UTF8.GetString(bytes) : null;
        context.Request.BodyReader.AdvanceTo(bytes.End);
        if (text is null)
        {
            await PartProblem.WriteAsync(context, 400, "Bad request", "The body must be UTF-8 text: it fills a param");
            return null;
        }

        if (text.Length > 0)
        {
            values.Add(new PartRequestParam(body.InputName, text));
        }

        return values;
    }

    static PartCall WithContentType(PartCall call, HttpRequest request) =>
        call.Body is null || request.ContentType is null || Array.Exists(call.Headers, header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            ? call
            : call with { Headers = [.. call.Headers, new CallHeader("Content-Type", CallIds.Printable(request.ContentType))] };

    /// <summary>Whether the backend is sent a media type that is no param and so not in the key: its answer is for that type alone.</summary>
    static bool BringsOwnType(PartModel part, HttpRequest request) =>
        request.ContentType is not null && Array.Exists(part.Params, param => param.In == ParamKind.Body);

    static bool Allows(PartModel part, string method) =>
        part.Method.Method.Equals(method, StringComparison.OrdinalIgnoreCase) || (part.Method == HttpMethod.Get && HttpMethods.IsHead(method));
}
