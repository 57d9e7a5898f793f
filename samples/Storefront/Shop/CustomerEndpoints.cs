using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace Tutti.Samples.Storefront.Shop;

/// <summary>Backends about one customer.</summary>
public static class CustomerEndpoints
{
    const int MaxOrderCharacters = 64 * 1024;

    /// <summary>Maps recommendations, profile, cart and orders.</summary>
    public static void MapCustomer(this WebApplication app)
    {
        app.MapGet("/recommendations", (string? userId, int? limit) => new
        {
            userId,
            because = userId is null ? "popular now" : "you looked at something like it",
            products = Enumerable.Range(1, Math.Clamp(limit ?? 4, 0, 20))
                .Select(number => ShopData.Product(ShopData.Sku(userId ?? "anyone", number))),
        });
        app.MapGet("/profile", ([FromHeader(Name = "X-User-Id")] string userId, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "private";
            return new
            {
                userId,
                name = ShopData.Name(userId),
                memberSince = 2012 + ShopData.Pick(userId, "since", 12),
                points = ShopData.Pick(userId, "points", 5000),
                newsletter = ShopData.Pick(userId, "newsletter", 2) == 1,
            };
        });
        app.MapGet("/cart", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "private, no-store";
            var cart = context.Request.Cookies["cart"];
            return new
            {
                cart,
                items = Enumerable.Range(1, cart is null ? 0 : 1 + ShopData.Pick(cart, "items", 4))
                    .Select(number => ShopData.Sku(cart!, number))
                    .Select(sku => new { sku, name = ShopData.Title(sku), quantity = 1 + ShopData.Pick(sku, "quantity", 3) }),
            };
        });
        app.MapPost("/orders", PlaceAsync);
    }

    static async Task<IResult> PlaceAsync(HttpRequest request, CancellationToken ct)
    {
        // The body is read whatever its type: a part's body param is sent as text/plain unless the part says otherwise.
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var buffer = new char[MaxOrderCharacters];
        var length = await reader.ReadBlockAsync(buffer, ct);
        if (length == buffer.Length)
        {
            return Results.Json(new { error = "The order is too large" }, statusCode: 413);
        }

        var text = new string(buffer, 0, length);
        try
        {
            using var order = JsonDocument.Parse(text);
            var id = $"O-{100_000 + ShopData.Pick(text, "order", 900_000)}";
            return Results.Created($"/orders/{id}", new { orderId = id, status = "accepted", order = order.RootElement.Clone() });
        }
        catch (JsonException)
        {
            return Results.Json(new { error = "The order is no JSON" }, statusCode: 400);
        }
    }
}
