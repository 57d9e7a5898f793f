using System.Buffers;
using System.Collections.Frozen;
using Tutti.Gateway.Calls;

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
        using var response = open.Response!;
        var status = (int)response.StatusCode;
        if (AnswerHead.Of(response).Broken is { } broken)
        {
            open.End!(broken);
            await PartProblem.WriteAsync(context, broken);
            return;
        }

        if (status == 503 && call.Part.Config.LocalContents.AsFallback)
        {
            open.End!(new PartOutcome { Status = status });
            await WriteLocalAsync(context, PartOutcome.Local(call.Part.Config.LocalContents.Contents));
            return;
        }

        context.Response.StatusCode = status;
        CopyHeaders(response, context.Response.Headers);
        var failure = await CopyBodyAsync(context, response, call, budget);
        open.End!(failure ?? new PartOutcome { Status = status });
        if (failure is not null && context.Response.HasStarted)
        {
            // A caller must see that the body is not complete; ending it in good order would hide that.
            context.Abort();
        }
        else if (failure is not null)
        {
            context.Response.Clear();
            await PartProblem.WriteAsync(context, failure);
        }
    }

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

    async ValueTask<PartOutcome?> CopyBodyAsync(HttpContext context, HttpResponseMessage response, PartCall call, CallBudget budget)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return null;
        }

        var limit = call.Part.Config.Backend.MaxBodyBytes ?? options.MaxBodyBytes;
        using var silence = PartSender.SilenceOf(call.Part, budget);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
            for (var sent = 0L; ;)
            {
                var count = await body.ReadAsync(context.Response.BodyWriter.GetMemory(BufferSize), silence.Token);
                sent += count;
                if (count == 0)
                {
                    return null;
                }

                if (sent > limit)
                {
                    return PartOutcome.Failed(PartFailure.TooLarge, $"The body is larger than {limit} bytes");
                }

                silence.Heard();
                context.Response.BodyWriter.Advance(count);
                await context.Response.BodyWriter.FlushAsync(silence.Token);
            }
        }
        catch (Exception e) when (BackendTrouble.Is(e))
        {
            return BackendTrouble.Tell(e, call.Part, budget, silence);
        }
    }

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
    static string Ascii(string value) =>
        value.AsSpan().ContainsAnyExceptInRange('\t', '~') ? string.Concat(value.Select(c => c is >= ' ' and <= '~' ? c.ToString() : Uri.EscapeDataString(c.ToString()))) : value;
}
