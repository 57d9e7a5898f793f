namespace Tutti.Samples.Storefront.Shop;

/// <summary>Backends about what the shop sells.</summary>
public static class CatalogueEndpoints
{
    static readonly string[] Cities = ["Rotterdam", "Osaka"];

    /// <summary>Maps products, prices, stock, reviews, search and shipping.</summary>
    public static void MapCatalogue(this WebApplication app)
    {
        app.MapGet("/products/{sku}", (string sku) => ShopData.Product(sku));
        app.MapGet("/prices", (string[] sku, string? currency) => new
        {
            prices = sku.Take(100).Select(one => ShopData.Price(one, currency ?? "EUR")),
        });
        app.MapGet("/legacy/price", (string sku) => new { article = sku, price = ShopData.Price(sku, "EUR") });
        app.MapGet("/stock/{sku}", (string sku) => new
        {
            sku,
            available = ShopData.Pick(sku, "stock", 40),
            warehouses = Cities.Select(city => new { city, units = ShopData.Pick(sku, city, 20) }),
        });
        app.MapGet("/products/{sku}/reviews", (string sku, int? limit) =>
        {
            var total = 3 + ShopData.Pick(sku, "reviews", 30);
            return new
            {
                sku,
                total,
                reviews = Enumerable.Range(1, Math.Clamp(limit ?? 3, 0, total)).Select(number => ShopData.Review(sku, number)),
            };
        });
        app.MapGet("/search", (string q, int? page) => new
        {
            query = q,
            page = Math.Clamp(page ?? 1, 1, 1000),
            total = 5 + ShopData.Pick(q, "hits", 200),
            hits = Enumerable.Range(Math.Clamp(page ?? 1, 1, 1000) * 5, 5).Select(number => ShopData.Product(ShopData.Sku(q, number))),
        });
        app.MapGet("/shipping/{country}", (string country, int? weight) => new
        {
            country,
            options = new[] { ("standard", 5), ("express", 2) }.Select(option => new
            {
                name = option.Item1,
                days = option.Item2 + ShopData.Pick(country, "days", 4),
                price = (290 + ShopData.Pick(country, option.Item1, 900) + (Math.Clamp(weight ?? 500, 0, 30_000) / 10)) / 100m,
            }),
        });
    }
}
