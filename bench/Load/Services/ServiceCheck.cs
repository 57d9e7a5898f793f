using System.Net;

namespace Tutti.Bench.Load.Services;

/// <summary>Asks a side once before it is measured: what is compared must be the same answer.</summary>
static class ServiceCheck
{
    static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public static async Task RunAsync(ServiceSide side, CancellationToken ct)
    {
        foreach (var path in new[] { side.Paths[0], side.Paths[^1] }.Distinct())
        {
            using var response = await Http.GetAsync(new Uri(side.Url, path), ct);
            var body = await response.Content.ReadAsStringAsync(ct);
            var isSame = side.Work is Work.LookUp ? IsFound(response, side, path) : response.StatusCode is HttpStatusCode.OK && side.Work.IsAnsweredBy(body);
            if (!isSame)
            {
                throw new LoadFault($"Not comparable: {side.Name} answered {path} with {(int)response.StatusCode}, {response.Headers.Location}, {body.Length} characters.");
            }
        }
    }

    static bool IsFound(HttpResponseMessage response, ServiceSide side, string path) => response.StatusCode is HttpStatusCode.TemporaryRedirect
        && response.Headers.Location == new Uri(side.Url, path["/services".Length..])
        && response.Headers.CacheControl?.MaxAge == TimeSpan.FromSeconds(60);
}
