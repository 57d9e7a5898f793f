using System.Globalization;
using System.Text.Json;
using Tutti.Bench.Load.Measuring;

namespace Tutti.Bench.Load.Batches;

/// <summary>Asks the same trivial requests in every way, in turn and in alternating order.</summary>
sealed class BatchMeasurement(Bench bench, Wrk wrk)
{
    static readonly int[] Widths = [1, 10, 100];
    static readonly HttpClient Http = new();

    LoadOptions Options => bench.Options;

    string Script => bench.Directory.File("batch.lua");

    public async Task<IReadOnlyList<BatchSample>> RunAsync(CancellationToken ct)
    {
        await File.WriteAllTextAsync(Script, RequestScript.Text, ct);
        var sides = new List<BatchSide>();
        try
        {
            sides.Add(await BatchSide.StartAsync(bench, BatchSide.OneByOne, "plain", null, "/trivial", ct));
            sides.Add(await BatchSide.StartAsync(bench, BatchSide.Get, "plain", null, "/trivial", ct));
            sides.Add(await BatchSide.StartAsync(bench, BatchSide.Post, "plain", "/batch", "/trivial", ct));
            sides.Add(await BatchSide.StartAsync(bench, BatchSide.Loop, "plain", "/loop/batch", "/trivial", ct));
            sides.Add(await BatchSide.StartAsync(bench, BatchSide.OData, "odata", "/odata/$batch", "/odata/trivial", ct));
            return await RunAsync(sides, ct);
        }
        finally
        {
            sides.ForEach(side => side.Process.Dispose());
        }
    }

    async Task<List<BatchSample>> RunAsync(List<BatchSide> sides, CancellationToken ct)
    {
        var samples = new List<BatchSample>();
        foreach (var width in Widths)
        {
            foreach (var side in sides)
            {
                await CheckAsync(side, width, ct);
                await wrk.RunAsync(Script, await FileAsync(side, width, ct), side.Url, Options.Warmup, ct);
            }

            for (var round = 0; round < Options.Rounds; round++)
            {
                foreach (var side in round % 2 == 0 ? sides : Enumerable.Reverse(sides))
                {
                    var sample = await MeasureAsync(side, width, round, ct);
                    samples.Add(sample);
                    Console.Error.WriteLine(sample);
                }
            }
        }

        return samples;
    }

    async Task<BatchSample> MeasureAsync(BatchSide side, int width, int round, CancellationToken ct)
    {
        var (cpuBefore, allocatedBefore) = (side.Process.Cpu, await AllocatedAsync(side, ct));
        var result = await wrk.RunAsync(Script, await FileAsync(side, width, ct), side.Url, Options.Seconds, ct);
        var (cpu, allocated) = (side.Process.Cpu - cpuBefore, await AllocatedAsync(side, ct) - allocatedBefore);
        if (result.Requests == 0 || result.SocketErrors > 0 || result.BadStatuses > 0)
        {
            throw new LoadFault($"{side.Name}, {width} requests: {result.SocketErrors} socket errors, {result.BadStatuses} answers without success.");
        }

        var times = side.IsOne ? width : 1;
        return new(width, side.Name, round, result, times * cpu.TotalMicroseconds / result.Requests, (double)times * allocated / result.Requests);
    }

    /// <summary>Every way must answer as many times as it was asked before it is measured.</summary>
    static async Task CheckAsync(BatchSide side, int width, CancellationToken ct)
    {
        var words = side.Line(width).Split(' ', 3);
        using var request = new HttpRequestMessage(new HttpMethod(words[0]), new Uri(side.Url, words[1]));
        request.Content = words.Length > 2 ? new StringContent(words[2], System.Text.Encoding.UTF8, "application/json") : null;
        using var response = await Http.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        using var answer = JsonDocument.Parse(text);
        var answers = text.Split("\"some name\"").Length - 1;
        if (!response.IsSuccessStatusCode || answers != (side.IsOne ? 1 : width))
        {
            throw new LoadFault($"Not comparable: {side.Name} answered {(int)response.StatusCode} with {answers} answers: {text}");
        }
    }

    static async Task<long> AllocatedAsync(BatchSide side, CancellationToken ct) =>
        long.Parse(await Http.GetStringAsync(new Uri(side.Url, "/allocated"), ct), CultureInfo.InvariantCulture);

    async Task<string> FileAsync(BatchSide side, int width, CancellationToken ct)
    {
        var path = bench.Directory.File($"batch-{side.Url.Port}-{width}.txt");
        await File.WriteAllTextAsync(path, side.Line(width), ct);
        return path;
    }
}
