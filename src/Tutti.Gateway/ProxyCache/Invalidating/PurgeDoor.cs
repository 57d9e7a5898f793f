using Tutti.Gateway.Caching.Cluster.Invalidations;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Invalidating;
using Tutti.Gateway.Caching.Marks;
using Tutti.Gateway.Locator.Doors;
using Tutti.Gateway.ProxyCache.Keys;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Services.Routing;

namespace Tutti.Gateway.ProxyCache.Invalidating;

/// <summary>
/// Invalidates on all nodes what the proxy stored: <c>PURGE</c> a URL, or what bears a tag; <c>BAN</c> the paths that a regular expression
/// matches, as Ocean sends them. On the management port, and on the traffic port for trusted callers.
/// </summary>
internal sealed class PurgeDoor(PartRegistry registry, Invalidator invalidator)
{
    const string Purge = "PURGE";
    const string Ban = "BAN";

    static readonly string[] TagFields = ["Cache-Groups", "Surrogate-Key", "xkey"];

    /// <summary>Whether it answers that method.</summary>
    public static bool Takes(string method) => method is Purge or Ban;

    public async Task HandleAsync(HttpContext context)
    {
        if (ModeOf(context.Request) is not { } isSoft)
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, "Tutti-Mode must be hard (the default: gone) or soft (stale until it is fetched again)");
            return;
        }

        Invalidation[]? all = context.Request.Method == Ban ? BansOf(context, isSoft) : [.. PurgesOf(context, isSoft)];
        if (all is null)
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, $"The path is no regular expression that can be matched in linear time, of at most {Caching.Marks.Ban.LongestPattern} characters");
            return;
        }

        NodesHeader.Write(context.Response, await Task.WhenAll(all.Select(one => invalidator.InvalidateAsync(one, context.RequestAborted).AsTask())));
        await AnswerAsync(context, StatusCodes.Status200OK, "OK");
    }

    public static Task RefuseAsync(HttpContext context) => AnswerAsync(context, StatusCodes.Status403Forbidden, "Only trusted networks may do that here");

    static bool? ModeOf(HttpRequest request) => $"{request.Headers["Tutti-Mode"]}" switch
    {
        "" or "hard" => false,
        "soft" => true,
        _ => null,
    };

    IEnumerable<Invalidation> PurgesOf(HttpContext context, bool isSoft)
    {
        string[] tags = [.. TagFields.SelectMany(name => AnswerTags.In(context.Request.Headers[name]))];
        return tags.Length > 0 ? OfTags(tags, isSoft) : OfTarget(RawTarget.Of(context), context, isSoft);
    }

    /// <summary>A tag holds for the answers of all services.</summary>
    IEnumerable<Invalidation> OfTags(string[] tags, bool isSoft) =>
        from service in registry.Current.Services.Services.Values
        let cache = ServiceCache.Of(service)
        where cache is not null
        from tag in tags
        select new Invalidation.Group(cache.Origin, tag.Trim('"'), isSoft);

    IEnumerable<Invalidation> OfTarget(RawTarget target, HttpContext context, bool isSoft)
    {
        var route = registry.Current.Services.Routes.Find(context.Request.Path.Value ?? "", context.Request.Host.Host, HttpMethods.Get);
        if (route is not null && ServiceCache.Of(route.Service) is { } cache)
        {
            yield return new Invalidation.Uri(UriIdentity.HashOf(RequestKey.TargetOf(target, cache)), isSoft);
        }
    }

    /// <summary>The pattern is the target as it was written, less the escapes that Ocean puts before <c>\ | ? [ ]</c> to get it through a request line.</summary>
    static Invalidation[]? BansOf(HttpContext context, bool isSoft)
    {
        var target = RawTarget.Of(context);
        var pattern = BanPattern.Of(target.Path + target.Query);
        return Caching.Marks.Ban.TryCompile(pattern) is null ? null : [new Invalidation.Ban(pattern, isSoft)];
    }

    static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
