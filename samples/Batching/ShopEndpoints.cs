using System.Text;

namespace Tutti.Samples.Batching;

/// <summary>The shop, by minimal APIs.</summary>
internal static class ShopEndpoints
{
    public static void MapShop(this WebApplication app)
    {
        app.MapGet("/foo", () => new { name = "foo" });
        app.MapGet("/bar", () => Enumerable.Range(1, 3));
        app.MapGet("/text", () => "plain text");
        app.MapGet("/image", () => Results.Bytes([0xff, 0xd8, 0xff, 0x00], "image/jpeg"));
        app.MapGet("/me", (HttpContext context) => new { id = 7, name = context.User.Identity?.Name }).RequireAuthorization();
        app.MapGet("/users/{id:int}/orders", (int id) => new { user = id, orders = new[] { new Order(1, "book", 2) } });
        app.MapPost("/orders", (NewOrder order, Orders orders) => orders.Add(order) is var added ? Results.Created($"/orders/{added.Id}", added) : null);
        app.MapGet("/orders/{id:int}", (int id, Orders orders) => orders.Find(id) is { } order ? Results.Ok(order) : Results.Problem("There is no such order", statusCode: 404));
        app.MapGet("/basket", (Basket basket, IHttpContextAccessor accessor) => new { basket.Number, path = accessor.HttpContext!.Request.Path.Value });
        app.MapGet("/limited", () => "in time").RequireRateLimiting(BatchingApp.Three);
        app.MapGet("/cached", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=60";
            return new { cached = true };
        });
        app.MapGet("/slow", async (HttpContext context) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), context.RequestAborted);
            return "slow";
        });
        app.MapGet("/events", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("data: tick\n\n"), context.RequestAborted);
                await Task.Delay(TimeSpan.FromSeconds(1), context.RequestAborted);
            }
        });
    }
}
