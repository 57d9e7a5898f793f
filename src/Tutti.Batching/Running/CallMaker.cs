using System.Buffers.Text;
using System.Text;
using System.Text.Json;
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
        if (wanted.AtomicityGroup is { } group)
        {
            return new CallProblem(StatusCodes.Status501NotImplemented, "Atomicity groups are not offered", $"The group '{group}' cannot be promised to succeed or fail as a whole: there are no transactions across services");
        }

        if (wanted.Method == HttpMethods.Connect)
        {
            return new CallProblem(StatusCodes.Status501NotImplemented, "Method refused", "A batch opens no tunnels");
        }

        string? missing = null;
        var url = call.Planned.Url is { } template ? Filling.Url(template, batch.Values, out missing) : wanted.Url;
        if (url is null)
        {
            return Missing(missing);
        }

        if (!CallUrl.TryRead(url, batch.Origin, out var target, out var fault))
        {
            return Refused("Url refused", fault!);
        }

        var body = call.Planned.Body is { } holes ? Filling.Body(holes, batch.Values, out missing) : wanted.Body;
        if (missing is not null)
        {
            return Missing(missing);
        }

        into.Begin(batch.Origin, target, wanted.Method);
        return AddHeaders(call, batch, into) ?? (body is { } json ? AddBody(json, batch.Dialect, into) : null);
    }

    CallProblem? AddHeaders(CallRun call, BatchRun batch, CallRequest into)
    {
        var headers = call.Planned.Call.Headers;
        for (var i = 0; i < headers.Length; i++)
        {
            var (name, value) = headers[i];
            string? missing = null;
            var filled = call.Planned.Headers.TryGetValue(i, out var template) ? Filling.Text(template, batch.Values, out missing) : value;
            if (filled is null || !JsonCall.IsHeaderValue(filled))
            {
                return filled is null ? Missing(missing) : Refused("Header refused", $"The value for '{name}' holds a control character");
            }

            if (rules.IsRefused(name) || (IsHost(name) && !filled.Equals(batch.Origin.Host, StringComparison.OrdinalIgnoreCase)))
            {
                return Refused("Header refused", $"A request of a batch cannot set '{name}': it has that of the batch");
            }

            if (!HeaderRules.IsIgnored(name) && !IsHost(name))
            {
                into.Headers[name] = filled;
            }
        }

        return null;
    }

    static bool IsHost(string name) => name.Equals(HeaderNames.Host, StringComparison.OrdinalIgnoreCase);

    static CallProblem? AddBody(ReadOnlyMemory<byte> json, BatchDialect dialect, CallRequest into)
    {
        var type = into.Headers.ContentType.ToString();
        if (type.Length == 0 || Media.IsJson(type))
        {
            if (type.Length == 0)
            {
                into.Headers.ContentType = "application/json";
            }

            into.SetBody(json);
            return null;
        }

        if (TextOf(json) is not { } text)
        {
            return Refused("Body refused", $"A body as {type} is written as a string");
        }

        if (dialect != BatchDialect.Graph && Media.IsText(type))
        {
            into.SetBody((Media.CharsetOf(type) ?? Encoding.UTF8).GetBytes(text));
            return null;
        }

        if (Decode(text) is not { } bytes)
        {
            return Refused("Body refused", $"A body as {type} is written as base64");
        }

        into.SetBody(bytes);
        return null;
    }

    static string? TextOf(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        try
        {
            return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Both alphabets, with and without padding (RFC 4648).</summary>
    static byte[]? Decode(string text)
    {
        var url = text.Replace('+', '-').Replace('/', '_');
        return Base64Url.IsValid(url) ? Base64Url.DecodeFromChars(url) : null;
    }

    static CallProblem Missing(string? why) => new(StatusCodes.Status424FailedDependency, "Value missing", why ?? "");

    static CallProblem Refused(string title, string why) => new(StatusCodes.Status400BadRequest, title, why);
}
