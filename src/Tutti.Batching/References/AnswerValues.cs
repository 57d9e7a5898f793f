using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Tutti.Batching.Answering;
using Tutti.Batching.Dispatch;
using Tutti.Batching.Running;

namespace Tutti.Batching.References;

/// <summary>Looks references up in the answers that are there.</summary>
internal sealed class AnswerValues(CallRun[] calls, TuttiBatchingOptions options)
{
    long _taken;

    /// <summary>Counts what was used of the answers: all of it together is no more than all answers together may be.</summary>
    /// <returns>Null where there was room.</returns>
    public CallProblem? Take(int length) =>
        Interlocked.Add(ref _taken, length) <= options.MaxTotalResponseBytes ? null : FillProblem.ValuesTooLarge(options.MaxTotalResponseBytes);

    /// <summary>The value as JSON, its type kept.</summary>
    /// <returns>Null where it is missing; why is told.</returns>
    public ReadOnlyMemory<byte>? Json(Reference reference, out string? fault)
    {
        fault = null;
        var call = calls[reference.Position];
        switch (reference.Kind)
        {
            case ReferenceKind.Status:
                return Encoding.ASCII.GetBytes(call.Status.ToString(CultureInfo.InvariantCulture));
            case ReferenceKind.Succeeded:
                return call.IsSuccess ? "true"u8.ToArray() : "false"u8.ToArray();
            case ReferenceKind.Body:
                return Body(call, reference, out fault);
            default:
                return Text(reference, out fault) is { } text ? Quoted(text) : default(ReadOnlyMemory<byte>?);
        }
    }

    /// <summary>The value as text, as it stands in a url or a header.</summary>
    /// <returns>Null where there is none; why is told.</returns>
    public string? Text(Reference reference, out string? fault)
    {
        fault = null;
        var call = calls[reference.Position];
        switch (reference.Kind)
        {
            case ReferenceKind.Status or ReferenceKind.Succeeded:
                return Encoding.ASCII.GetString(Json(reference, out fault)!.Value.Span);
            case ReferenceKind.Header:
                return Header(call, reference.Header) ?? Missing(reference, $"the answer has no header '{reference.Header}'", out fault);
            case ReferenceKind.Entity:
                return EntityOf(call) ?? Missing(reference, "it was never asked for", out fault);
            case ReferenceKind.Literal:
                return Body(call, reference, out fault) is { } value ? Literal(value.Span, reference, out fault) : null;
            default:
                return Body(call, reference, out fault) is { } json ? Scalar(json, reference, out fault) : null;
        }
    }

    ReadOnlyMemory<byte>? Body(CallRun call, Reference reference, out string? fault)
    {
        fault = null;
        if (call.Response is not { } response)
        {
            return Nothing(reference, "it has no answer of the app", out fault);
        }

        var body = response.Written.Written;
        if (!AnswerBody.IsJson(response, options.MaxJsonDepth))
        {
            return reference.Path.Count == 0 && Media.IsText(response.Headers.ContentType) && Utf8.IsValid(body.Span)
                ? Quoted(Encoding.UTF8.GetString(body.Span))
                : Nothing(reference, "its body is no JSON", out fault);
        }

        return JsonPlace.Find(body, reference.Path, options.MaxJsonDepth, out var missing) ?? Nothing(reference, $"its body has no '{missing}' there", out fault);
    }

    static string? Scalar(ReadOnlyMemory<byte> json, Reference reference, out string? fault)
    {
        fault = null;
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => JsonText.Read(ref reader) ?? Missing(reference, "it holds an escape that is no character", out fault),
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.Null => Missing(reference, "it is null", out fault),
            _ => Missing(reference, "it is no single value", out fault),
        };
    }

    static string? Literal(ReadOnlySpan<byte> json, Reference reference, out string? fault)
    {
        fault = null;
        return json[0] != '"' ? Encoding.UTF8.GetString(json)
            : JsonText.Read(json) is { } text ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"
            : Missing(reference, "it holds an escape that is no character", out fault);
    }

    /// <summary>The url of what was made, or else returned.</summary>
    static string? EntityOf(CallRun call) => Header(call, "Location") ?? Header(call, "OData-EntityId") ?? call.Exchange?.Request.RawTarget.Split('?')[0];

    static string? Header(CallRun call, string name) => call.Response?.Headers.TryGetValue(name, out var values) == true ? values.ToString() : null;

    static byte[] Quoted(string text) => JsonSerializer.SerializeToUtf8Bytes(text, TextJson.Default.String);

    static ReadOnlyMemory<byte>? Nothing(Reference reference, string why, out string fault)
    {
        Missing(reference, why, out fault);
        return null;
    }

    static string? Missing(Reference reference, string why, out string fault)
    {
        fault = $"{reference.Text} is missing: {why}";
        return null;
    }
}
