namespace Tutti.Gateway.Registry.Services.Routing;

/// <summary>
/// Finds the service of a request: the whole path first, then its first segments from the longest to the shortest, so that the number
/// of services costs nothing. Where several routes have the same text, those with a host and a method come first.
/// </summary>
internal sealed class RouteTable
{
    readonly Dictionary<string, RouteModel[]> _paths;
    readonly Dictionary<string, RouteModel[]> _levels;
    readonly Dictionary<string, RouteModel[]>.AlternateLookup<ReadOnlySpan<char>> _levelOf;
    readonly int _deepest;

    public RouteTable(IEnumerable<ServiceModel> services)
    {
        RouteModel[] routes = [.. services.Where(service => service.Faults.Count == 0).SelectMany(service => service.Routes)];
        AsksHost = routes.Any(route => route.Host is not null);
        _paths = ByText(routes.Where(route => route.Kind is RouteKind.Path), route => route.Text);
        _levels = ByText(routes.Where(route => route.Kind is not RouteKind.Path), route => route.Level);
        _levelOf = _levels.GetAlternateLookup<ReadOnlySpan<char>>();
        _deepest = _levels.Keys.Select(level => level.AsSpan().Count('/')).DefaultIfEmpty(0).Max();
    }

    /// <summary>Whether any route asks for a host; writing it out costs something.</summary>
    public bool AsksHost { get; }

    public static RouteTable Empty { get; } = new([]);

    /// <param name="path">Without escapes.</param>
    /// <param name="host">Without port.</param>
    public RouteModel? Find(string path, string host, string method)
    {
        if (path is not ['/', ..])
        {
            return null;
        }

        if (_paths.Count > 0 && _paths.TryGetValue(path, out var exact) && First(exact, path, host, method) is { } found)
        {
            return found;
        }

        for (var level = Deepest(path); ; level = level[..level.LastIndexOf('/')])
        {
            if (_levelOf.TryGetValue(level, out var routes) && First(routes, path, host, method) is { } route)
            {
                return route;
            }

            if (level.LastIndexOf('/') < 0)
            {
                return null;
            }
        }
    }

    static RouteModel? First(RouteModel[] routes, string path, string host, string method)
    {
        foreach (var route in routes)
        {
            if (route.Takes(path, host, method))
            {
                return route;
            }
        }

        return null;
    }

    /// <summary>No more segments than a route has: a path of a thousand slashes is not looked up a thousand times.</summary>
    ReadOnlySpan<char> Deepest(string path)
    {
        var rest = RoutePattern.After(path, _deepest);
        return path.AsSpan(0, path.Length - rest.Length);
    }

    static Dictionary<string, RouteModel[]> ByText(IEnumerable<RouteModel> routes, Func<RouteModel, string> text) => routes
        .GroupBy(text, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => Ordered([.. group]), StringComparer.Ordinal);

    static RouteModel[] Ordered(RouteModel[] routes) => routes.Length == 1 ? routes :
    [
        .. routes
            .OrderBy(route => route.Kind)
            .ThenBy(route => route.Host is null)
            .ThenBy(route => route.Method is null)
            .ThenByDescending(route => route.Text.Length)
            .ThenBy(route => route.Text, StringComparer.Ordinal),
    ];
}
