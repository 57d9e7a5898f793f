using System.Net.Http.Json;
using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load.Services;

/// <summary>Registers services through the admin API, one by one as a deployment would, and the stub as the one instance of all.</summary>
static class RegisteredServices
{
    static readonly HttpClient Http = new();

    public static async Task RegisterAsync(Uri management, Uri stub, int count, CancellationToken ct)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(number => $"{Stub.Small[1..]}{number}"), Stub.Large[1..]];
        foreach (var name in names)
        {
            await PutAsync(new(management, $"/admin/api/services/{name}"), new { name, cache = new { off = true } }, ct);
        }

        var addresses = names.Select(service => new { service, address = stub.GetLeftPart(UriPartial.Authority) });
        await PutAsync(new(management, "/admin/api/instances/stub"), new { instanceId = "stub", addresses }, ct);
    }

    static async Task PutAsync(Uri url, object entry, CancellationToken ct)
    {
        using var response = await Http.PutAsJsonAsync(url, entry, ct);
        if (!response.IsSuccessStatusCode)
        {
            throw new LoadFault($"Tutti refused {url.AbsolutePath} with {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(ct)}");
        }
    }
}
