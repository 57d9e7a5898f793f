using Tutti.Gateway.Locator.Doors;

namespace Tutti.Gateway.ProxyCache.Keys;

/// <summary>
/// What an answer is stored under. Lines apart, which no part of it can hold: the service, where the client went, since the service is
/// told that (<c>X-Forwarded-Host</c>), and the target.
/// </summary>
/// <param name="Text">All of it.</param>
/// <param name="Target">Path and query in their normal form.</param>
internal readonly record struct RequestKey(string Text, string Target)
{
    public static RequestKey Of(HttpContext context, ServiceCache cache)
    {
        var target = TargetOf(RawTarget.Of(context), cache);
        var trusted = context.Features.Get<TrustedForwarding>();
        var host = trusted?.Host ?? context.Request.Host.Value ?? "";
        var scheme = trusted?.Scheme ?? context.Request.Scheme;
        return new RequestKey($"{cache.Name}{scheme}://{Lower(host)}\n{target}", target);
    }

    public static string TargetOf(RawTarget raw, ServiceCache cache)
    {
        var query = KeyQuery.Of(Escapes.Normalize(raw.Query), cache);
        var path = Escapes.Normalize(raw.Path);
        return query.Length == 0 ? path : path + query;
    }

    static string Lower(string host) => host.AsSpan().ContainsAnyInRange('A', 'Z') ? host.ToLowerInvariant() : host;
}
