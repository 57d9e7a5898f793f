using Tutti.Client;

namespace Tutti.Samples.Customers;

/// <summary>Customers, and their orders, which another service has.</summary>
internal sealed class CustomerEndpoints(BundleClient bundle, HttpClient http, string address)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/customers/{id:int}", Read);
        routes.MapPut("/customers/{id:int}", WriteAsync);
        routes.MapGet("/customers/{id:int}/orders", OrdersAsync);
    }

    /// <summary>Says who answered, so that one sees how requests are spread.</summary>
    IResult Read(int id) => Results.Text($$"""{"id":{{id}},"servedBy":"{{address}}"}""", "application/json");

    static async Task<IResult> WriteAsync(int id, HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return Results.Text($"{id}{request.QueryString}: {await reader.ReadToEndAsync()}");
    }

    async Task<IResult> OrdersAsync(int id, CancellationToken ct)
    {
        if (await bundle.LocateAsync("orders", fallback: new Uri("http://127.0.0.1:9111/orders"), ct) is not { } orders)
        {
            return Results.Problem("Nobody has orders at the moment.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        try
        {
            return Results.Text(await http.GetStringAsync($"{orders.ToString().TrimEnd('/')}?customer={id}", ct), "application/json");
        }
        catch (HttpRequestException)
        {
            bundle.Evict("orders");
            throw;
        }
    }
}
