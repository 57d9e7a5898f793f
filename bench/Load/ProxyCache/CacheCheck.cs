using System.Net;
using Tutti.Bench.Load.Services;
using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load.ProxyCache;

/// <summary>Asks a side twice before it is measured: the second answer must be right, and come from where it is said to come from.</summary>
static class CacheCheck
{
    static readonly HttpClient Http = new();

    /// <summary>What a hit of Tutti bears. The array must bear the same: writing it is work, too.</summary>
    static readonly string[] Fields = ["Age", "Cache-Control", "Cache-Status", "Content-Length", "Content-Type", "Date", "Via"];

    public static async Task RunAsync(ServiceSide side, Stub stub, CancellationToken ct)
    {
        foreach (var path in new[] { side.Paths[0], side.Paths[^1] })
        {
            var url = new Uri(side.Url, path);
            await Http.GetByteArrayAsync(url, ct);
            var before = await stub.CountAsync(ct);
            using var response = await Http.GetAsync(url, ct);
            var asked = await stub.CountAsync(ct) - before - 1;
            Require(asked == (side.Work.IsHit() ? 0 : 1), side, path, $"after {asked} requests at the stub");
            Require(response.StatusCode is HttpStatusCode.OK, side, path, $"with {(int)response.StatusCode}");
            Require(side.Work.IsAnsweredBy(await response.Content.ReadAsStringAsync(ct)), side, path, "with another body than the stub's");
            string[] names = [.. response.Headers.Concat(response.Content.Headers).Select(field => field.Key).Order(StringComparer.Ordinal)];
            Require(!side.Work.IsHit() || IsPeer(side) || names.SequenceEqual(Fields), side, path, $"with the fields {string.Join(", ", names)}");
        }
    }

    /// <summary>Whether it has a header of its own making.</summary>
    static bool IsPeer(ServiceSide side) => side.Name is CacheSides.Varnish or CacheSides.Nginx;

    static void Require(bool holds, ServiceSide side, string path, string otherwise)
    {
        if (!holds)
        {
            throw new LoadFault($"Not comparable: {side.Name} answered {path} {otherwise}.");
        }
    }
}
