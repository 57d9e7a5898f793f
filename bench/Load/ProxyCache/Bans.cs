namespace Tutti.Bench.Load.ProxyCache;

/// <summary>Sends bans to Tutti's management port. They match nothing that is stored, and tell so late in a path.</summary>
sealed class Bans(Uri management)
{
    const int Count = 1_000;
    static readonly HttpMethod Ban = new("BAN");
    static readonly HttpClient Http = new();

    bool _areSent;

    public Task SendOnceAsync(CancellationToken ct) => _areSent ? Task.CompletedTask : SendAsync(ct);

    /// <summary>The same patterns each time: as many bans are in force afterwards, whatever was before.</summary>
    public async Task SendAsync(CancellationToken ct)
    {
        _areSent = true;
        for (var number = 0; number < Count; number++)
        {
            using var request = new HttpRequestMessage(Ban, new Uri(management, $"/kept/%5B0-9%5D+/{number}/"));
            using var response = await Http.SendAsync(request, ct);
            if (!response.IsSuccessStatusCode)
            {
                throw new LoadFault($"Tutti refused a ban with {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(ct)}");
            }
        }
    }
}
