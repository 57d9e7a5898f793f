using Tutti.Bench.Load.Measuring;

namespace Tutti.Bench.Load.Services;

/// <summary>Asks every side for every kind of work in turn, in alternating order, so that pairs of one round are seconds apart.</summary>
sealed class ServiceMeasurement(Bench bench, Wrk wrk)
{
    LoadOptions Options => bench.Options;

    string Script => bench.Directory.File("services.lua");

    public async Task<IReadOnlyList<ServiceSample>> RunAsync(IReadOnlyList<ServiceSide> sides, CancellationToken ct)
    {
        await File.WriteAllTextAsync(Script, RequestScript.Text, ct);
        foreach (var side in sides)
        {
            await wrk.RunAsync(Script, await LinesAsync(side, ct), side.Url, Options.Warmup, ct);
        }

        var samples = new List<ServiceSample>();
        ServiceSide[] ordered = [.. sides.OrderBy(side => side.Work)];
        for (var round = 0; round < Options.Rounds; round++)
        {
            foreach (var side in round % 2 == 0 ? ordered : ordered.Reverse())
            {
                var sample = await MeasureAsync(side, round, ct);
                samples.Add(sample);
                Console.Error.WriteLine(sample);
            }
        }

        return samples;
    }

    async Task<ServiceSample> MeasureAsync(ServiceSide side, int round, CancellationToken ct)
    {
        await side.Prepare(ct);
        var lines = await LinesAsync(side, ct);
        var (askedBefore, cpuBefore) = (await bench.Stub.CountAsync(ct), side.Process.Cpu);
        var result = await wrk.RunAsync(Script, lines, side.Url, Options.Seconds, ct);
        var (cpu, asked) = (side.Process.Cpu - cpuBefore, await bench.Stub.CountAsync(ct) - askedBefore - 1);
        return result.Requests > 0
            ? new(side.Work, side.Name, round, result, cpu, side.Process.MemoryBytes, [.. Faults(side.Work, result, asked)])
            : throw new LoadFault($"{side.Name} answered nothing in {Options.Seconds} s.");
    }

    /// <summary>Whether the run did its work.</summary>
    static IEnumerable<string> Faults(Work work, WrkResult result, long asked)
    {
        if (result.SocketErrors > 0)
        {
            yield return $"{result.SocketErrors} socket errors";
        }

        if (result.BadStatuses > 0)
        {
            yield return $"{result.BadStatuses} answers without success";
        }

        if (work.IsProxied() && asked < result.Requests)
        {
            yield return $"only {asked} requests at the stub for {result.Requests} answers";
        }

        if (work.IsHit() && asked > 0)
        {
            yield return $"{asked} requests at the stub for what is stored";
        }

        if (result.Bytes < result.Requests * work.BodyBytes())
        {
            yield return "answers shorter than the stub's";
        }
    }

    /// <summary>The generator has read the file when a run ends: one serves all.</summary>
    async Task<string> LinesAsync(ServiceSide side, CancellationToken ct)
    {
        var path = bench.Directory.File("services.txt");
        await File.WriteAllLinesAsync(path, side.Paths.Select(line => $"GET {line}"), ct);
        return path;
    }
}
