using Tutti.Bench.Load.Processes;

namespace Tutti.Bench.Load.Batches;

/// <summary>One way to ask many trivial requests.</summary>
/// <param name="Path">Where a batch is posted; null where it is asked by GET.</param>
/// <param name="Trivial">The path of the endpoint that is asked.</param>
sealed record BatchSide(string Name, ChildProcess Process, Uri Url, string? Path, string Trivial)
{
    public const string OneByOne = "one by one, keep-alive";
    public const string Get = "Tutti.Batching, GET";
    public const string Post = "Tutti.Batching, POST";
    public const string Loop = "HttpClient loop-back";
    public const string OData = "Microsoft.AspNetCore.OData";

    /// <summary>Whether one exchange is one request: many cost as many times as much.</summary>
    public bool IsOne => Name == OneByOne;

    /// <summary>The request of one width, as a line of the generator's file.</summary>
    public string Line(int width) =>
        IsOne ? $"GET {Trivial}"
        : Path is null ? $"GET /batch?{string.Join('&', Enumerable.Range(0, width).Select(n => $"n{n}={Trivial}"))}"
        : $$"""POST {{Path}} {"requests":[{{string.Join(',', Enumerable.Range(0, width).Select(n => $$"""{"id":"n{{n}}","method":"GET","url":"{{Trivial}}"}"""))}}]}""";

    public static async Task<BatchSide> StartAsync(Bench bench, string name, string way, string? path, string trivial, CancellationToken ct)
    {
        var url = FreePort.TakeUrl();
        var process = ChildProcess.Start(name, "dotnet", [bench.Repository.Batch, way, url.GetLeftPart(UriPartial.Authority)]);
        try
        {
            await process.ReadyAsync(new(url, "/trivial"), ct);
            return new(name, process, url, path, trivial);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }
}
