using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Calls;

/// <summary>Puts the values of a request where the params of a part want them, and refuses values that would go elsewhere.</summary>
internal static class CallBinder
{
    /// <summary>Makes the call, or tells why it cannot be made.</summary>
    public static bool TryBind(
        PartModel part,
        RequestMeta meta,
        PartRequest request,
        TraceContext trace,
        [NotNullWhen(true)] out PartCall? call,
        [NotNullWhen(false)] out PartOutcome? refusal)
    {
        call = null;
        refusal = null;
        if (part.Template is not { } template || part.Faults.Count > 0)
        {
            refusal = Disabled(part);
            return false;
        }

        var values = new ParamValues(part, meta, request.Params);
        if (Missing(part, values) is { } missing)
        {
            refusal = PartOutcome.Failed(PartFailure.MissingParams, $"The following parameters are missing: {missing}");
            return false;
        }

        if (!TryBindHeaders(part, values, out var headers, out var problem) || !TryBindUri(template, part, values, out var uri, out problem))
        {
            refusal = PartOutcome.Failed(PartFailure.UnusableParam, problem);
            return false;
        }

        call = new PartCall(part, uri, headers, BodyOf(part, values))
        {
            Ids = new CallIds(meta.Id, request.Id ?? request.PartId),
            Trace = trace,
        };
        return true;
    }

    static PartOutcome Disabled(PartModel part) => PartOutcome.Failed(
        PartFailure.Disabled,
        $"Part {part.Id} is disabled: {string.Join("; ", part.Faults.Select(fault => $"{fault.Field}: {fault.Message}"))}");

    static string? Missing(PartModel part, ParamValues values)
    {
        List<string>? missing = null;
        foreach (var param in part.Required)
        {
            if (values.First(param) is null)
            {
                (missing ??= []).Add(param.InputName);
            }
        }

        return missing is null ? null : string.Join(", ", missing);
    }

    static bool TryBindUri(
        UriTemplate template,
        PartModel part,
        ParamValues values,
        [NotNullWhen(true)] out Uri? uri,
        [NotNullWhen(false)] out string? problem)
    {
        var query = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[256]);
        foreach (var param in part.Params)
        {
            if (param.In != ParamKind.Query)
            {
                continue;
            }

            foreach (var value in values.Of(param))
            {
                query.AppendLiteral(query.Text.IsEmpty ? "" : "&");
                query.AppendLiteral(param.EscapedName);
                query.AppendLiteral("=");
                query.AppendLiteral(Uri.EscapeDataString(value));
            }
        }

        var filled = template.TryFill(ref values, query.Text, out uri, out problem);
        query.Clear();
        return filled;
    }

    static bool TryBindHeaders(PartModel part, ParamValues values, out CallHeader[] headers, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        headers = [];
        List<CallHeader>? found = null;
        string? cookies = null;
        foreach (var param in part.Params)
        {
            if (param.In is not (ParamKind.Header or ParamKind.Cookie))
            {
                continue;
            }

            foreach (var value in values.Of(param))
            {
                if (param.In == ParamKind.Cookie)
                {
                    var pair = $"{WebUtility.UrlEncode(param.Name)}={WebUtility.UrlEncode(value)}";
                    cookies = cookies is null ? pair : $"{cookies}; {pair}";
                }
                else if (!IsSendable(value))
                {
                    problem = $"The value of parameter {param.InputName} holds characters that the header {param.Name} cannot carry";
                    return false;
                }
                else if (param.Name != "Cookie")
                {
                    // Octoparts drops a header param of exactly that name: cookies have params of their own.
                    (found ??= []).Add(new CallHeader(param.Name, value));
                }
            }
        }

        if (cookies is not null)
        {
            (found ??= []).Add(new CallHeader("Cookie", cookies));
        }

        headers = found is null ? [] : [.. found];
        return true;
    }

    /// <summary>Printable ASCII and tab (RFC 9110, 5.5, without obs-text): HttpClient would send CR, LF and NUL as they are.</summary>
    static bool IsSendable(string value)
    {
        foreach (var c in value)
        {
            if (c is not ((>= ' ' and <= '~') or '\t'))
            {
                return false;
            }
        }

        return true;
    }

    static string? BodyOf(PartModel part, ParamValues values)
    {
        if (part.TakesBody)
        {
            foreach (var param in part.Params)
            {
                if (param.In == ParamKind.Body)
                {
                    return values.First(param);
                }
            }
        }

        return null;
    }
}
