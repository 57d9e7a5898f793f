using System.Globalization;

namespace Tutti.Samples.Storefront.Shop;

/// <summary>The shop's data, made from ids: the same id gives the same answer on every machine and after every start.</summary>
public static class ShopData
{
    static readonly string[] Things = ["Kettle", "Lamp", "Backpack", "Notebook", "Teapot", "Headphones", "Raincoat", "Bicycle bell"];

    static readonly string[] Makers = ["Norrland", "Ōmi Works", "Fjällbäck", "Alder & Sons", "Casa Lima", "Pöyry"];

    static readonly string[] Colours = ["black", "olive", "sand", "cobalt", "brick"];

    static readonly string[] Names = ["Aiko", "Björn", "Chidi", "Dana", "Emre", "Freja", "Goran", "Hana"];

    static readonly string[] Opinions =
        ["Does what it should.", "Better than the last one I had.", "The colour is not quite as pictured.", "I bought a second one."];

    /// <summary>A number from 0 to below <paramref name="limit"/>, from an id and what it is for.</summary>
    public static int Pick(string id, string use, int limit)
    {
        // FNV-1a: string.GetHashCode differs from start to start.
        var hash = 2166136261u;
        foreach (var c in $"{use}:{id}")
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)((hash ^ (hash >> 15)) % (uint)limit);
    }

    /// <summary>A product with its attributes.</summary>
    public static object Product(string sku) => new
    {
        sku,
        name = Title(sku),
        maker = Makers[Pick(sku, "maker", Makers.Length)],
        colour = Colours[Pick(sku, "colour", Colours.Length)],
        weightGrams = 150 + Pick(sku, "weight", 2400),
        images = new[] { $"/images/{Uri.EscapeDataString(sku)}/front.jpg", $"/images/{Uri.EscapeDataString(sku)}/side.jpg" },
    };

    /// <summary>The name under which a product is shown.</summary>
    public static string Title(string sku) => $"{Makers[Pick(sku, "maker", Makers.Length)]} {Things[Pick(sku, "thing", Things.Length)]}";

    /// <summary>What a product costs.</summary>
    public static object Price(string sku, string currency) => new
    {
        sku,
        amount = (990 + Pick(sku, "price", 19000)) / 100m,
        currency,
        taxIncluded = true,
        discountPercent = Pick(sku, "discount", 4) * 5,
    };

    /// <summary>What customers say about a product.</summary>
    public static object Review(string sku, int number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{sku}-{number}");
        return new
        {
            id,
            author = Name(id),
            stars = 3 + Pick(id, "stars", 3),
            text = Opinions[Pick(id, "text", Opinions.Length)],
            date = new DateOnly(2024, 1, 1).AddDays(Pick(id, "date", 700)),
        };
    }

    /// <summary>A customer's first name.</summary>
    public static string Name(string id) => Names[Pick(id, "name", Names.Length)];

    /// <summary>The article number of the n-th product of a series.</summary>
    public static string Sku(string series, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"SKU-{1000 + Pick($"{series}/{number}", "sku", 9000)}");
}
