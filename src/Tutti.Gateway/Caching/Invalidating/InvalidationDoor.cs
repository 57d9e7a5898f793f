using Microsoft.AspNetCore.Http.Features;
using Tutti.Gateway.Caching.Cluster.Invalidations;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>The doors of invalidation, with Octoparts' answers: plain text, and <c>OK</c> also for what nobody knows.</summary>
internal sealed class InvalidationDoor(Invalidator invalidator, PartRegistry registry)
{
    public async Task PartAsync(HttpContext context)
    {
        if (await ModeAsync(context) is { } isSoft)
        {
            await InvalidateAsync(context, new Invalidation.Part(Segment(context, 0), isSoft));
            await AnswerAsync(context, 200, "OK");
        }
    }

    public async Task ParamValueAsync(HttpContext context)
    {
        if (await ModeAsync(context) is { } isSoft)
        {
            await InvalidateAsync(context, new Invalidation.ParamValue(Segment(context, 0), Segment(context, 1), Segment(context, 2), isSoft));
            await AnswerAsync(context, 200, "OK");
        }
    }

    /// <summary>All parts of a cache group.</summary>
    public async Task GroupAsync(HttpContext context)
    {
        var name = Segment(context, 0);
        if (await ModeAsync(context) is not { } isSoft || !await IsKnownAsync(context, name))
        {
            return;
        }

        var parts = registry.Current.Parts.Values
            .Where(part => part.Config.CacheGroups.Contains(name, StringComparer.Ordinal))
            .Select(part => part.Id)
            .Order(StringComparer.Ordinal)
            .ToArray();
        await InvalidateAsync(context, [.. parts.Select(part => new Invalidation.Part(part, isSoft))]);
        await AnswerAsync(context, 200, Summary(parts));
    }

    /// <summary>One value of all params of a cache group.</summary>
    public async Task GroupValueAsync(HttpContext context)
    {
        var (name, value) = (Segment(context, 0), Segment(context, 2));
        if (await ModeAsync(context) is not { } isSoft || !await IsKnownAsync(context, name))
        {
            return;
        }

        var found =
            from part in registry.Current.Parts.Values
            from param in part.Config.Params
            where param.CacheGroups.Contains(name, StringComparer.Ordinal)
            orderby part.Id
            select (part.Id, param.Name);
        var values = found.ToArray();
        await InvalidateAsync(context, [.. values.Select(of => new Invalidation.ParamValue(of.Id, of.Name, value, isSoft))]);
        await AnswerAsync(context, 200, Summary([.. values.Select(of => of.Name)]));
    }

    public static Task MethodNotAllowed(HttpContext context)
    {
        context.Response.Headers.Allow = "POST";
        return AnswerAsync(context, 405, "This door takes POST");
    }

    /// <summary>Invalidates all at once, and tells how far the other nodes know of it.</summary>
    async Task InvalidateAsync(HttpContext context, params Invalidation[] all) => NodesHeader.Write(
        context.Response, await Task.WhenAll(all.Select(one => invalidator.InvalidateAsync(one, context.RequestAborted).AsTask())));

    static string Summary(string[] names) => names.Length == 0 ? "OK" : $"OK: invalidated the following:\n{string.Join('\n', names)}";

    /// <summary>Whether to invalidate softly; null where the request says neither, and that was answered.</summary>
    static async ValueTask<bool?> ModeAsync(HttpContext context)
    {
        var mode = context.Request.Query["mode"];
        if (mode.Count == 0 || mode is ["hard"])
        {
            return false;
        }

        if (mode is ["soft"])
        {
            return true;
        }

        await AnswerAsync(context, 400, "mode must be hard (the default: gone) or soft (stale until it is fetched again)");
        return null;
    }

    async ValueTask<bool> IsKnownAsync(HttpContext context, string group)
    {
        if (registry.Current.CacheGroups.ContainsKey(group))
        {
            return true;
        }

        await AnswerAsync(context, 404, $"CacheGroup {group} not found");
        return false;
    }

    /// <summary>A segment behind the kind of thing that is invalidated, decoded as a whole: routing leaves an escaped slash as it is.</summary>
    static string Segment(HttpContext context, int index)
    {
        const int Before = 6;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var end = target.IndexOf('?', StringComparison.Ordinal);
        return Uri.UnescapeDataString((end < 0 ? target : target[..end]).Split('/')[Before + index]);
    }

    static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
