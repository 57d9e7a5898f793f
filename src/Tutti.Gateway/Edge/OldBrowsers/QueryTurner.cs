using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Edge.OldBrowsers;

/// <summary>
/// Turns query arguments of old browsers into the method and the headers that they stand for, before anything is logged or traced of the
/// request: tokens leave the query here.
/// </summary>
internal sealed class QueryTurner(OldBrowserList browsers)
{
    const string Token = "X-API-Token";
    const string Credentials = "X-API-Authenticate";
    const string Accept = "Accept";
    const string Method = "method";
    const int LongestValue = 4_096;

    static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["_method"] = Method,
        ["_x-api-authenticate"] = Credentials,
        ["_api_authenticate"] = Credentials,
        ["_x-api-token"] = Token,
        ["_api_token"] = Token,
        ["_x-metadata"] = MetadataField.Name,
        ["_metadata"] = MetadataField.Name,
        ["_accept"] = Accept,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a form may become. Not HEAD, since the server has promised a body by then.</summary>
    static readonly FrozenSet<string> Methods = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "GET", "POST", "PUT", "PATCH", "DELETE");

    public void Turn(IFeatureCollection features)
    {
        if (features.Get<IHttpRequestFeature>() is not { } request || !MayHold(request.QueryString) || !browsers.Has(request.Headers))
        {
            return;
        }

        var found = new List<(string Argument, string Target, string Value)>();
        var rest = Split(request.QueryString, found);
        if (found.Count == 0)
        {
            return;
        }

        var from = request.Method;
        var fault = Fault(request, found);
        request.QueryString = rest;
        request.RawTarget = Without(request.RawTarget, rest);
        features.Set(new TurnedRequest(from, fault));
        if (fault is null)
        {
            Apply(request, found);
        }
    }

    static bool MayHold(string query) => query.Length > 1 && query.AsSpan().ContainsAny('_', '%');

    /// <summary>Takes the arguments that are known out of the query; the others stay as they were written.</summary>
    static string Split(string query, List<(string Argument, string Target, string Value)> found)
    {
        var rest = new StringBuilder(query.Length);
        foreach (var range in query.AsSpan(1).Split('&'))
        {
            var pair = query.AsSpan(1)[range];
            var equals = pair.IndexOf('=');
            var name = Uri.UnescapeDataString((equals < 0 ? pair : pair[..equals]).ToString());
            if (Known.TryGetValue(name, out var target))
            {
                found.Add((name, target, Decoded(target, equals < 0 ? [] : pair[(equals + 1)..])));
            }
            else
            {
                rest.Append(rest.Length == 0 ? '?' : '&').Append(pair);
            }
        }

        return rest.ToString();
    }

    /// <summary>Base64 holds no space, so that its <c>+</c> is meant even where nobody escaped it.</summary>
    static string Decoded(string target, ReadOnlySpan<char> value) => target is Token or Credentials
        ? Uri.UnescapeDataString(value.ToString())
        : Uri.UnescapeDataString(value.ToString().Replace('+', ' '));

    static ApiError? Fault(IHttpRequestFeature request, List<(string Argument, string Target, string Value)> found)
    {
        foreach (var (argument, target, value) in found)
        {
            if (found.Count(other => other.Target == target) > 1 || IsSet(request, target, value))
            {
                return ApiError.BadRequest($"{argument} is given twice");
            }

            if (target == Method && request.Method != HttpMethods.Post)
            {
                return ApiError.BadRequest($"{argument} is taken from POST requests only");
            }

            if (target == Method && !Methods.Contains(value))
            {
                return ApiError.BadRequest($"{argument} must be one of GET, POST, PUT, PATCH and DELETE");
            }

            if (target != Method && !IsValue(target, value))
            {
                return ApiError.BadRequest($"{argument} cannot be the header {target}");
            }
        }

        return null;
    }

    /// <summary>Whether the header says another thing. Browsers send an <c>Accept</c> of their own, which nobody wrote.</summary>
    static bool IsSet(IHttpRequestFeature request, string target, string value) =>
        target is not (Method or Accept) && request.Headers.TryGetValue(target, out var there) && there != value;

    /// <summary>The length of metadata is judged where that of the header is.</summary>
    static bool IsValue(string target, string value) => value.Length is > 0 and <= LongestValue
        && (target == MetadataField.Name ? !value.Any(char.IsControl) : !value.AsSpan().ContainsAnyExceptInRange(' ', '~'));

    static void Apply(IHttpRequestFeature request, List<(string Argument, string Target, string Value)> found)
    {
        foreach (var (_, target, value) in found)
        {
            if (target == Method)
            {
                request.Method = value.ToUpperInvariant();
            }
            else
            {
                request.Headers[target] = value;
            }
        }
    }

    static string Without(string target, string query)
    {
        var start = target.IndexOf('?', StringComparison.Ordinal);
        return start < 0 ? target : $"{target.AsSpan(0, start)}{query}";
    }
}
