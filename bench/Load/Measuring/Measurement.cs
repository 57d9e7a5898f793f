using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load.Measuring;

/// <summary>Runs the sides in turn, in alternating order, so that what else the machine does falls on all of them alike.</summary>
sealed class Measurement(Bench bench, Wrk wrk, SideList sides)
{
    const int FirstWarmup = 5;

    LoadOptions Options => bench.Options;

    /// <summary>Every side must give the same answer at every width before any of them is measured.</summary>
    public async Task CheckAsync(CancellationToken ct)
    {
        foreach (var parts in Options.Parts)
        {
            foreach (var side in sides.Where(side => side.TakesPartAt(parts)))
            {
                await AnswerCheck.RunAsync(side, parts, AggregateBodies.Build(parts, side)[^1], ct);
            }
        }
    }

    public async Task<IReadOnlyList<Sample>> RunAsync(CancellationToken ct)
    {
        await File.WriteAllTextAsync(Script, WrkScript.Text, ct);
        foreach (var side in sides)
        {
            await WarmAsync(side, Math.Min(LoadRun.BudgetWidth, Options.Widest), FirstWarmup, ct);
        }

        var samples = new List<Sample>();
        foreach (var parts in Options.Parts)
        {
            await RunWidthAsync(parts, samples, ct);
        }

        return samples;
    }

    string Script => bench.Directory.File("load.lua");

    async Task RunWidthAsync(int parts, List<Sample> samples, CancellationToken ct)
    {
        var taking = sides.Where(side => side.TakesPartAt(parts)).ToArray();
        foreach (var side in taking)
        {
            await WarmAsync(side, parts, Options.Warmup, ct);
        }

        for (var round = 0; round < Options.Rounds; round++)
        {
            foreach (var side in round % 2 == 0 ? taking : taking.Reverse())
            {
                var sample = await MeasureAsync(side, parts, round, ct);
                samples.Add(sample);
                Console.Error.WriteLine(sample);
            }
        }
    }

    async Task WarmAsync(Side side, int parts, int seconds, CancellationToken ct) =>
        await wrk.RunAsync(Script, await BodiesAsync(side, parts, ct), side.Aggregate, seconds, ct);

    async Task<Sample> MeasureAsync(Side side, int parts, int round, CancellationToken ct)
    {
        var bodies = await BodiesAsync(side, parts, ct);
        var (fetchedBefore, cpuBefore) = (await bench.Stub.CountAsync(ct), side.Process.Cpu);
        var result = await wrk.RunAsync(Script, bodies, side.Aggregate, Options.Seconds, ct);
        var (cpu, fetched) = (side.Process.Cpu - cpuBefore, await bench.Stub.CountAsync(ct) - fetchedBefore - 1);
        if (result.Requests == 0)
        {
            throw new LoadFault($"{side.Name} answered nothing in {Options.Seconds} s.");
        }

        var faults = Faults(result, parts, side.FetchedOf(parts), fetched).ToArray();
        return new(parts, side.Name, side.Over, round, result, cpu, side.Process.MemoryBytes, side.Process.PeakMemoryBytes, faults);
    }

    /// <summary>Whether the run did its work: an answer without its fetches or its bodies costs little and counts for nothing.</summary>
    static IEnumerable<string> Faults(WrkResult result, int parts, int perAnswer, long fetched)
    {
        if (result.SocketErrors > 0)
        {
            yield return $"{result.SocketErrors} socket errors";
        }

        if (result.BadStatuses > 0)
        {
            yield return $"{result.BadStatuses} answers without success";
        }

        if (fetched < result.Requests * perAnswer)
        {
            yield return $"only {fetched} fetches for {result.Requests * perAnswer} parts";
        }

        if (result.Bytes < result.Requests * parts * Stub.Body.Length)
        {
            yield return "answers shorter than the bodies of their parts";
        }
    }

    async Task<string> BodiesAsync(Side side, int parts, CancellationToken ct)
    {
        var path = bench.Directory.File($"bodies-{parts}-{side.Asked}-{side.KeptOfTen}.jsonl");
        if (!File.Exists(path))
        {
            await File.WriteAllLinesAsync(path, AggregateBodies.Build(parts, side), ct);
        }

        return path;
    }
}
