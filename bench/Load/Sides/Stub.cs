using System.Globalization;
using System.Text.Json;
using Tutti.Bench.Load.Processes;

namespace Tutti.Bench.Load.Sides;

/// <summary>The backend of every part and service: nginx with one answer of about 1 KB and one of 1 MB, which counts how often it was asked.</summary>
sealed class Stub(ChildProcess process, Uri url) : IDisposable
{
    /// <summary>The size of the large answer.</summary>
    public const int LargeBytes = 1024 * 1024;

    /// <summary>Paths that begin so are answered with the small one.</summary>
    public const string Small = "/item";

    public const string Large = "/large";

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
        var folder = directory.Folder("stub");
        await File.WriteAllBytesAsync(Path.Combine(folder, "large"), [.. Enumerable.Repeat((byte)'x', LargeBytes)], ct);
        var process = Nginx.Start("The stub", nginx, folder, Configuration(url.Port, folder));
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

    static string Configuration(int port, string folder) => $$"""
        server {
          listen 127.0.0.1:{{port}} backlog=4096;
          location = /count { stub_status; }
          location {{Small}} { return 200 '{{Body}}'; }
          location {{Large}} { root {{folder}}; rewrite ^ /large break; }
        }
        """;
}
