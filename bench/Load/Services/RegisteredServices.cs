using System.Net.Http.Json;

namespace Tutti.Bench.Load.Services;

/// <summary>Registers services through the admin API, one by one as a deployment would, and the stub as the one instance of all.</summary>
static class RegisteredServices
{
    static readonly HttpClient Http = new();

    /// <param name="cached">The names of those whose answers are cached.</param>
    /// <param name="uncached">The names of those whose cache is off.</param>
    public static async Task RegisterAsync(Uri management, Uri stub, IReadOnlyList<string> cached, IReadOnlyList<string> uncached, CancellationToken ct)
    {
        foreach (var (name, off) in cached.Select(name => (name, false)).Concat(uncached.Select(name => (name, true))))
        {
            await PutAsync(new(management, $"/admin/api/services/{name}"), new { name, cache = new { off } }, ct);
        }

        var addresses = cached.Concat(uncached).Select(service => new { service, address = stub.GetLeftPart(UriPartial.Authority) });
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
