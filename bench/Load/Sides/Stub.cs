using System.Globalization;
using System.Text.Json;
using Tutti.Bench.Load.Processes;

namespace Tutti.Bench.Load.Sides;

/// <summary>The backend of every part and service: nginx with answers of about 1 KB, of 100 KB and of 1 MB, which counts how often it was asked.</summary>
sealed class Stub(ChildProcess process, Uri url) : IDisposable
{
    /// <summary>The size of the large answer.</summary>
    public const int LargeBytes = 1024 * 1024;

    /// <summary>Paths that begin so are answered with the small one.</summary>
    public const string Small = "/item";

    public const string Large = "/large";

    /// <summary>Paths whose small answer may be stored for a day.</summary>
    public const string Kept = "/kept";

    /// <summary>Paths that are answered with <see cref="PageBytes"/> which may be stored for a day.</summary>
    public const string Page = "/page";

    public const int PageBytes = 100 * 1024;

    /// <summary>Paths that begin so have a small answer which must not be stored.</summary>
    public const string Never = "/never";

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
        await WriteAsync(folder, Large, LargeBytes, ct);
        await WriteAsync(folder, Page, PageBytes, ct);
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

    static Task WriteAsync(string folder, string path, int bytes, CancellationToken ct) =>
        File.WriteAllBytesAsync(Path.Combine(folder, path[1..]), [.. Enumerable.Repeat((byte)'x', bytes)], ct);

    /// <summary>What may be stored has the same header fields in both sizes.</summary>
    static string Configuration(int port, string folder) => $$"""
        server {
          listen 127.0.0.1:{{port}} backlog=4096;
          location = /count { stub_status; }
          location {{Small}} { return 200 '{{Body}}'; }
          location {{Large}} { root {{folder}}; rewrite ^ {{Large}} break; }
          location {{Kept}} { add_header Cache-Control max-age=86400; return 200 '{{Body}}'; }
          location {{Never}} { add_header Cache-Control no-store; return 200 '{{Body}}'; }
          location {{Page}} {
            root {{folder}};
            etag off;
            max_ranges 0;
            add_header Last-Modified "";
            add_header Cache-Control max-age=86400;
            rewrite ^ {{Page}} break;
          }
        }
        """;
}
