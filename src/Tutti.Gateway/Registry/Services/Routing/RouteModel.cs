using System.Text.RegularExpressions;

namespace Tutti.Gateway.Registry.Services.Routing;

/// <summary>One way to a service, compiled: which requests take it, and what becomes of their path.</summary>
internal sealed class RouteModel
{
    readonly Regex? _regex;
    readonly int _segments;

    RouteModel(ServiceModel service, RouteKind kind, string text, Regex? regex = null)
    {
        Service = service;
        Kind = kind;
        Text = text;
        _regex = regex;
        _segments = text.AsSpan().Count('/');
    }

    public ServiceModel Service { get; }

    public RouteKind Kind { get; }

    /// <summary>The path, the prefix without a slash at its end, or the expression.</summary>
    public string Text { get; }

    public string? Host { get; private init; }

    public string? Method { get; private init; }

    /// <summary>Whether bodies must be JSON; null takes the gateway's default.</summary>
    public JsonMode? Json { get; private init; }

    /// <summary>What stands in the stead of the matched part; null leaves the path as it is.</summary>
    public string? Rewrite { get; private init; }

    /// <summary>The prefix that was taken off, for those who make links; null if none was.</summary>
    public string? Stripped => Kind is RouteKind.Prefix && Rewrite is { Length: 0 } ? Text : null;

    /// <summary>Two routes with the same key would take the same requests.</summary>
    public (RouteKind Kind, string Text, string? Host, string? Method) Key => (Kind, Text, Host, Method);

    /// <summary>The prefix under which the route is looked for: as much of it as is literal.</summary>
    public string Level => _regex is null ? Text : RoutePattern.LiteralSegments(Text);

    /// <summary>The ways to a service: its prefix and its rules.</summary>
    public static IEnumerable<RouteModel> Of(ServiceModel service)
    {
        if (service.Prefix is { } prefix)
        {
            yield return new RouteModel(service, RouteKind.Prefix, prefix)
            {
                Rewrite = service.Config.Route.Strip ? "" : null,
                Json = JsonModes.Parse(service.Config.Json),
            };
        }

        foreach (var rule in service.Config.Rules)
        {
            yield return Of(service, rule);
        }
    }

    /// <summary>Whether a request whose path has the route's text takes it.</summary>
    public bool Takes(string path, string host, string method) =>
        (Host is null || Host.Equals(host, StringComparison.OrdinalIgnoreCase))
        && (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (_regex is null || _regex.IsMatch(path));

    /// <summary>The path that goes to an instance.</summary>
    /// <param name="raw">The path as the client wrote it, escapes included.</param>
    /// <param name="path">The same without escapes.</param>
    public string PathFor(string raw, string path) => Rewrite is null ? raw : Kind switch
    {
        RouteKind.Path => Rewrite,
        RouteKind.Prefix => Rooted(Rewrite, RoutePattern.After(raw, _segments)),
        RouteKind.Regex => RoutePattern.Replace(_regex!, Rewrite, raw, path),
    };

    static RouteModel Of(ServiceModel service, PathRuleConfig rule)
    {
        var regex = rule.PathRegex is { } expression ? RoutePattern.Compile(expression) : null;
        var (kind, text, rewrite) = rule switch
        {
            { Path: { } path } => (RouteKind.Path, RoutePattern.Decoded(path), rule.Rewrite),
            { PathBeg: { } prefix } => (RouteKind.Prefix, RoutePattern.Prefix(prefix), rule.Rewrite?.TrimEnd('/')),
            _ => (RouteKind.Regex, $"{regex}", rule.Rewrite is { } replacement ? RoutePattern.Replacement(replacement) : null),
        };
        return new RouteModel(service, kind, text, regex)
        {
            Host = rule.Host,
            Method = rule.Method,
            Rewrite = rewrite,
            Json = JsonModes.Parse(rule.Json ?? service.Config.Json),
        };
    }

    static string Rooted(string head, ReadOnlySpan<char> rest) => rest.IsEmpty && head.Length == 0 ? "/" : $"{head}{rest}";
}
