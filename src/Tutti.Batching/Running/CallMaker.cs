using Microsoft.Net.Http.Headers;
using Tutti.Batching.Dispatch;
using Tutti.Batching.Reading;
using Tutti.Batching.References;

namespace Tutti.Batching.Running;

/// <summary>Makes the request that the app sees out of the one that the sender wrote, with the values of earlier answers in it.</summary>
internal sealed class CallMaker(HeaderRules rules)
{
    /// <returns>What stands in its place where it cannot be made; null if it was made.</returns>
    public CallProblem? Make(CallRun call, BatchRun batch, CallRequest into)
    {
        var wanted = call.Planned.Call;
        if (NotOffered(wanted) is { } refusal)
        {
            return refusal;
        }

        CallProblem? problem = null;
        var url = call.Planned.Url is { } template ? batch.Filling.Url(template, out problem) : wanted.Url;
        if (url is null)
        {
            return problem;
        }

        if (!CallUrl.TryRead(url, batch.Origin, out var target, out var fault))
        {
            return Refused("Url refused", fault!);
        }

        var body = call.Planned.Body is { } holes ? batch.Filling.Body(holes, out problem) : wanted.Body;
        if (problem is not null)
        {
            return problem;
        }

        into.Begin(batch.Origin, target, wanted.Method);
        return AddHeaders(call, batch, into) ?? (body is { } json ? AddBody(json, batch.Dialect, into) : null);
    }

    static CallProblem? NotOffered(BatchCall wanted) =>
        wanted.AtomicityGroup is { } group ? new CallProblem(StatusCodes.Status501NotImplemented, "Atomicity groups are not offered", $"The group '{group}' cannot be promised to succeed or fail as a whole: there are no transactions across services")
        : Array.Exists(wanted.Headers, IsOfWebSocket) ? new CallProblem(StatusCodes.Status501NotImplemented, "Streams are not batched", "A web socket is a stream that does not end: open it outside a batch")
        : wanted.Method == HttpMethods.Connect ? new CallProblem(StatusCodes.Status501NotImplemented, "Method refused", "A batch opens no tunnels")
        : null;

    CallProblem? AddHeaders(CallRun call, BatchRun batch, CallRequest into)
    {
        var headers = call.Planned.Call.Headers;
        for (var i = 0; i < headers.Length; i++)
        {
            var (name, value) = headers[i];
            CallProblem? problem = null;
            var filled = call.Planned.Headers.TryGetValue(i, out var template) ? batch.Filling.Header(template, out problem) : value;
            if (filled is null)
            {
                return problem;
            }

            if (FaultOf(name, filled, batch.Origin) is { } fault)
            {
                return Refused("Header refused", fault);
            }

            if (!HeaderRules.IsIgnored(name) && !IsHost(name))
            {
                into.Headers[name] = filled;
            }
        }

        return null;
    }

    string? FaultOf(string name, string value, BatchOrigin origin) =>
        !JsonCall.IsHeaderValue(value) ? $"The value for '{name}' holds a control character"
        : rules.IsRefused(name) || (IsHost(name) && !value.Equals(origin.Host, StringComparison.OrdinalIgnoreCase)) ? $"A request of a batch cannot set '{name}': it has that of the batch"
        : null;

    static bool IsOfWebSocket((string Name, string Value) header) =>
        header.Name.StartsWith("Sec-WebSocket-", StringComparison.OrdinalIgnoreCase)
        || (header.Name.Equals(HeaderNames.Upgrade, StringComparison.OrdinalIgnoreCase) && header.Value.Contains("websocket", StringComparison.OrdinalIgnoreCase));

    static bool IsHost(string name) => name.Equals(HeaderNames.Host, StringComparison.OrdinalIgnoreCase);

    static CallProblem? AddBody(ReadOnlyMemory<byte> json, BatchDialect dialect, CallRequest into)
    {
        if (into.Headers.ContentType.Count == 0)
        {
            into.Headers.ContentType = "application/json";
        }

        if (SentBody.Read(json, into.Headers.ContentType.ToString(), dialect, out var fault) is not { } bytes)
        {
            return Refused("Body refused", fault!);
        }

        into.SetBody(bytes);
        return null;
    }

    static CallProblem Refused(string title, string why) => new(StatusCodes.Status400BadRequest, title, why);
}
