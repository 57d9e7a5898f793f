using System.Text.RegularExpressions;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Registry.Services.Routing;

namespace Tutti.Gateway.Registry.Rules;

/// <summary>The routes of a service can be told apart from those of others and from the doors of Tutti.</summary>
internal static partial class RouteRules
{
    const int Longest = 2_000;

    /// <summary>What a path may hold as it is (RFC 3986, 3.3).</summary>
    public static bool IsPath(string text) => text.Length <= Longest && Path().IsMatch(text);

    public static void Check(ServiceConfig service, ServiceFacts facts, List<Fault> faults)
    {
        var before = faults.Count;
        if (service.Protocol != ServiceProtocols.Http)
        {
            faults.Require(service.Rules.Count == 0 && service.Route.Prefix is null, "route", "Only http is proxied");
            return;
        }

        if (service.Route is { Prefix: { } prefix, Off: false })
        {
            CheckPath(prefix, "route.prefix", faults);
        }

        for (var i = 0; i < service.Rules.Count; i++)
        {
            CheckRule(service.Rules[i], $"rules[{i}]", faults);
        }

        if (faults.Count == before && service.Name.Length > 0)
        {
            CheckOthers(service, facts, faults);
        }
    }

    static void CheckRule(PathRuleConfig rule, string at, List<Fault> faults)
    {
        string?[] texts = [rule.Path, rule.PathBeg, rule.PathRegex];
        faults.Require(texts.Count(text => text is not null) == 1, at, "Must have one of path, pathBeg and pathRegex");
        if (rule.Path is not null)
        {
            CheckPath(rule.Path, $"{at}.path", faults);
        }

        if (rule.PathBeg is not null)
        {
            CheckPath(rule.PathBeg, $"{at}.pathBeg", faults);
        }

        if (rule.PathRegex is not null)
        {
            CheckExpression(rule.PathRegex, $"{at}.pathRegex", faults);
        }

        faults.Require(rule.Host is null || Host().IsMatch(rule.Host), $"{at}.host", $"Must be a host name or an address without port, not '{rule.Host}'");
        faults.Require(rule.Method is null || Method().IsMatch(rule.Method), $"{at}.method", $"Must be a method, not '{rule.Method}'");
        faults.Require(JsonModes.IsOne(rule.Json), $"{at}.json", $"Must be off, checked or required, not '{rule.Json}'");
        faults.Require(rule.Rewrite is null || IsPath(GroupName().Replace(rule.Rewrite, "")), $"{at}.rewrite", "Must begin with '/' and hold nothing that needs an escape");
    }

    static void CheckPath(string text, string field, List<Fault> faults)
    {
        faults.Require(IsPath(text), field, "Must begin with '/' and hold nothing that needs an escape");
        faults.Require(!text.Split('/').Any(segment => segment is "." or ".."), field, "Must not hold '.' or '..' segments");
    }

    static void CheckExpression(string text, string field, List<Fault> faults)
    {
        if (text.Length > Longest)
        {
            faults.Add(new Fault(field, $"Must have at most {Longest} characters, not {text.Length}"));
            return;
        }

        try
        {
            RoutePattern.Compile(text);
        }
        catch (ArgumentException e)
        {
            faults.Add(new Fault(field, $"Cannot be compiled: {e.Message}"));
        }
        catch (NotSupportedException)
        {
            faults.Add(new Fault(field, "Must not refer back or look around, which cannot be done in linear time"));
        }
    }

    static void CheckOthers(ServiceConfig service, ServiceFacts facts, List<Fault> faults)
    {
        foreach (var (index, route) in ServiceFacts.RoutesOf(service).Index())
        {
            // The prefix comes first, where there is one.
            var rule = service.Route.Off ? index : index - 1;
            var field = rule < 0 ? "route.prefix" : $"rules[{rule}]";
            var owners = facts.OwnersOf(route).ToArray();
            var other = owners.FirstOrDefault(name => name != service.Name);
            faults.Require(other is null, field, $"The same requests go to service '{other}' already");
            faults.Require(other is not null || owners.Length < 2, field, "The service has the same route twice");
            if (route.Kind is not RouteKind.Regex && Doors.Behind(route.Text) is { } door)
            {
                faults.Add(new Fault(field, $"Tutti itself answers on {door}: choose another path"));
            }
        }
    }

    [GeneratedRegex(@"^/(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*$")]
    private static partial Regex Path();

    [GeneratedRegex(@"^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])$")]
    private static partial Regex Host();

    [GeneratedRegex("^[A-Z]{1,20}$")]
    private static partial Regex Method();

    [GeneratedRegex(@"\\[0-9]")]
    private static partial Regex GroupName();
}
