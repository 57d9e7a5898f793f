using System.Globalization;
using System.Text.Json;
using Tutti.Bench.Load.Processes;

namespace Tutti.Bench.Load.Sides;

/// <summary>The backend of every part: nginx with one answer of about 1 KB, which counts how often it was asked.</summary>
sealed class Stub(ChildProcess process, Uri url) : IDisposable
{
    static readonly HttpClient Http = new();

    /// <summary>What every part answers. nginx has it in single quotes: it holds none of these, and no dollar sign.</summary>
    public static string Body { get; } = JsonSerializer.Serialize(new
    {
        name = "A backend that answers at once",
        tags = Enumerable.Range(1, 20).Select(number => $"tag-{number:d2}"),
        items = Enumerable.Range(1, 12).Select(number => new { id = number, title = $"Item number {number:d2}", price = 10.5 + number }),
    });

    public Uri Url => url;

    public static async Task<Stub> StartAsync(string nginx, TemporaryDirectory directory, CancellationToken ct)
    {
        var url = FreePort.TakeUrl();
        var process = Nginx.Start("The stub", nginx, directory.Folder("stub"), Configuration(url.Port));
        try
        {
            await process.ReadyAsync(new(url, "/count"), ct);
            return new(process, url);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>How many requests it has had, this one included.</summary>
    public async Task<long> CountAsync(CancellationToken ct)
    {
        var status = await Http.GetStringAsync(new Uri(url, "/count"), ct);
        var numbers = status.Split('\n')[2].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(numbers[2], CultureInfo.InvariantCulture);
    }

    public void Dispose() => process.Dispose();

    static string Configuration(int port) => $$"""
        server {
          listen 127.0.0.1:{{port}} backlog=4096;
          location = /count { stub_status; }
          location /item/ { return 200 '{{Body}}'; }
        }
        """;
}
