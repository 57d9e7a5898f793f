using System.Buffers;
using System.Collections.Frozen;
using Microsoft.AspNetCore.Http.Features;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience.Opening;

namespace Tutti.Gateway.Aggregation.OnePart;

/// <summary>Passes a backend's answer through: status, headers, and the body as it comes, within the part's size limit.</summary>
internal sealed class AnswerStream(BackendOptions options)
{
    const int BufferSize = 16 * 1024;

    /// <summary>What belongs to one connection and not to the answer (RFC 9110, 7.6.1).</summary>
    static readonly FrozenSet<string> HopByHop = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade");

    /// <summary>The codings that the caller accepts, for the backend to choose from.</summary>
    public static string? AcceptEncodingOf(HttpRequest request) =>
        request.Headers.AcceptEncoding.ToString() is { Length: > 0 and <= 256 } accepted && !accepted.AsSpan().ContainsAnyExceptInRange(' ', '~') ? accepted : null;

    public async Task CopyAsync(HttpContext context, PartCall call, OpenPart open, CallBudget budget)
    {
        var end = Lost();
        try
        {
            using var response = open.Response!;
            end = await PassOnAsync(context, response, call, budget);
        }
        finally
        {
            open.End!(end);
        }

        await ConcludeAsync(context, call, end);
    }

    /// <summary>Writes what stands in for an answer: local contents, or the problem.</summary>
    public static Task WriteFailureAsync(HttpContext context, PartModel part, PartOutcome end) =>
        LocalContents.InsteadOf(end, part) is { IsLocal: true } local ? WriteLocalAsync(context, local) : PartProblem.WriteAsync(context, end);

    public static async Task WriteLocalAsync(HttpContext context, PartOutcome local)
    {
        using (local)
        {
            context.Response.StatusCode = local.Status;
            if (local.Body is { } body)
            {
                context.Response.ContentType = "text/plain; charset=utf-8";
                context.Response.ContentLength = body.Length;
                context.Response.BodyWriter.Write(body.Utf8);
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            }
        }
    }

    async ValueTask<PartOutcome> PassOnAsync(HttpContext context, HttpResponseMessage response, PartCall call, CallBudget budget)
    {
        var answer = new PartOutcome { Status = (int)response.StatusCode };
        var hasBody = !HttpMethods.IsHead(context.Request.Method) && answer.Status is not (204 or 205 or 304);
        var limit = call.Part.Config.Backend.MaxBodyBytes ?? options.MaxBodyBytes;
        if (IsReplaced(answer, call) || (hasBody && AnswerHead.Of(response).Length > limit))
        {
            return IsReplaced(answer, call) ? answer : TooLarge(limit);
        }

        context.Response.StatusCode = answer.Status;
        if (response.ReasonPhrase is { Length: > 0 and <= 256 } reason && !reason.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = reason;
        }

        CopyHeaders(response, context.Response.Headers);
        StoredReply.Tell(context, new CacheStatus { Forwarded = call.Part.IsSafe ? ForwardReason.Bypass : ForwardReason.Method });
        if (answer.Status is 204 or 205)
        {
            // Their length is nothing, whatever the backend says (RFC 9110, 8.6).
            context.Response.Headers.ContentLength = null;
        }

        return hasBody ? await CopyBodyAsync(context, response, call, limit, budget) ?? answer : answer;
    }

    /// <summary>Says what is to be said instead of an answer, as long as none has begun.</summary>
    public static async Task ConcludeAsync(HttpContext context, PartCall call, PartOutcome end)
    {
        if (context.Response.HasStarted)
        {
            if (end.Failure is not null)
            {
                // A caller must see that the body is not complete; ending it in good order would hide that.
                context.Abort();
            }

            return;
        }

        if (end.Failure is not null)
        {
            context.Response.Clear();
        }

        if (end.Failure is not null || IsReplaced(end, call))
        {
            await WriteFailureAsync(context, call.Part, end);
        }
    }

    static bool IsReplaced(PartOutcome end, PartCall call) => end.Status == 503 && call.Part.FallsBack;

    static async ValueTask<PartOutcome?> CopyBodyAsync(HttpContext context, HttpResponseMessage response, PartCall call, long limit, CallBudget budget)
    {
        using var silence = PartSender.SilenceOf(call.Part, budget);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
            for (var sent = 0L; ;)
            {
                var count = await body.ReadAsync(context.Response.BodyWriter.GetMemory(BufferSize), silence.Token);
                sent += count;
                if (count == 0 || sent > limit)
                {
                    return count == 0 ? null : TooLarge(limit);
                }

                context.Response.BodyWriter.Advance(count);
                silence.Pause();
                if (!await IsTakenAsync(context, budget))
                {
                    return Lost();
                }

                silence.Heard();
            }
        }
        catch (Exception e) when (BackendTrouble.Is(e))
        {
            return BackendTrouble.Tell(e, call.Part, budget, silence);
        }
    }

    /// <summary>Whether the caller took what was read. The time that it takes for this is no silence of the backend.</summary>
    static async ValueTask<bool> IsTakenAsync(HttpContext context, CallBudget budget)
    {
        try
        {
            var flushed = await context.Response.BodyWriter.FlushAsync(budget.Token);
            return !flushed.IsCompleted && !budget.Token.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    static PartOutcome Lost() => PartOutcome.Failed(PartFailure.CallerLeft, "The caller left, or did not read in time");

    static PartOutcome TooLarge(long limit) => PartOutcome.Failed(PartFailure.TooLarge, $"The body is larger than {limit} bytes");

    static void CopyHeaders(HttpResponseMessage response, IHeaderDictionary to)
    {
        var named = response.Headers.NonValidated.TryGetValues("Connection", out var connection)
            ? connection.ToString().Split(',', StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase)
            : null;
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            if (!HopByHop.Contains(name) && named?.Contains(name) != true)
            {
                to.Append(name, values.Select(Ascii).ToArray());
            }
        }
    }

    /// <summary>Kestrel writes ASCII headers only; what a backend sent beyond it goes out percent-encoded.</summary>
    public static string Ascii(string value) =>
        value.AsSpan().ContainsAnyExceptInRange('\t', '~') ? string.Concat(value.Select(c => c is >= ' ' and <= '~' ? c.ToString() : Uri.EscapeDataString(c.ToString()))) : value;
}
