using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Tutti.Samples.Storefront.Shop;

/// <summary>Backends that show something of HTTP: text, compression, validators, and the request as it arrived.</summary>
public static class ContentEndpoints
{
    const string FeedTag = "\"feed-7\"";

    static readonly byte[] Banner =
        "<aside class=\"banner\"><h2>Autumn at the Storefront</h2><p>Free shipping from 40 €.</p></aside>"u8.ToArray();

    /// <summary>Maps echo, inspection, banner, feed and offers.</summary>
    public static void MapContent(this WebApplication app)
    {
        app.MapGet("/echo/{fooValue}", (HttpContext context) => Results.Text(LastSegment(context)));
        app.Map("/inspect/{**rest}", InspectAsync);
        app.MapGet("/banner", BannerAsync);
        app.MapGet("/feed", Feed);
        app.MapGet("/offers", () => new
        {
            offers = Enumerable.Range(1, 3).Select(number => ShopData.Sku("offers", number))
                .Select(sku => new { sku, name = ShopData.Title(sku), percentOff = 10 + ShopData.Pick(sku, "off", 30) }),
        });
    }

    // Routing leaves %2F as it is and decodes the rest, so its value cannot tell %2F from %252F.
    static string LastSegment(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        return Uri.UnescapeDataString(target[(target.LastIndexOf('/') + 1)..]);
    }

    static async Task<IResult> InspectAsync(HttpRequest request, CancellationToken ct)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var buffer = new char[64 * 1024];
        var length = await reader.ReadBlockAsync(buffer, ct);
        return Results.Json(new
        {
            method = request.Method,
            target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            protocol = request.Protocol,
            headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToArray()),
            body = new string(buffer, 0, length),
        });
    }

    static async Task BannerAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentEncoding = "gzip";
        context.Response.Headers.Vary = "Accept-Encoding";
        await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        await gzip.WriteAsync(Banner, context.RequestAborted);
    }

    static IResult Feed(HttpContext context)
    {
        context.Response.Headers.ETag = FeedTag;
        context.Response.Headers.CacheControl = "max-age=30";
        var tags = context.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries);
        return tags.Contains(FeedTag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Json(new
            {
                title = "News of the shop",
                entries = Enumerable.Range(1, 3).Select(number => new
                {
                    id = number,
                    title = $"New in: {ShopData.Title(ShopData.Sku("feed", number))}",
                    published = new DateOnly(2025, 3, 1).AddDays(number * 7),
                }),
            });
    }
}
