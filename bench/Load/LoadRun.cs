using Tutti.Bench.Load.Batches;
using Tutti.Bench.Load.Measuring;
using Tutti.Bench.Load.Processes;
using Tutti.Bench.Load.ProxyCache;
using Tutti.Bench.Load.Reporting;
using Tutti.Bench.Load.Services;
using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load;

/// <summary>One run of the bench, from the first process started to the last target judged.</summary>
static class LoadRun
{
    /// <summary>The width at which the budget is set and at which the number of registered parts is varied.</summary>
    public const int BudgetWidth = 10;

    /// <summary>Whether every measured run was free of faults; a missed target is printed, not judged.</summary>
    public static async Task<bool> RunAsync(LoadOptions options, CancellationToken ct)
    {
        var nginx = DebianTool.Find("nginx");
        var wrk = new Wrk(DebianTool.Find("wrk"), options);
        using var directory = new TemporaryDirectory();
        using var stub = await Stub.StartAsync(nginx, directory, ct);
        var bench = new Bench(options, Repository.Find(), directory, stub);
        var isGood = !(options.MeasuresAggregates || options.MeasuresCache) || await RunPartsAsync(bench, wrk, nginx, ct);
        if (options.MeasuresBatches)
        {
            Console.WriteLine(BatchReport.Write(await new BatchMeasurement(bench, wrk).RunAsync(ct)));
        }

        isGood &= !options.MeasuresServices || await RunServicesAsync(bench, wrk, nginx, ct);
        isGood &= !options.MeasuresProxyCache || await RunProxyCacheAsync(bench, wrk, nginx, ct);
        return isGood;
    }

    static async Task<bool> RunServicesAsync(Bench bench, Wrk wrk, string nginx, CancellationToken ct)
    {
        using var sides = new ServiceSideList();
        await ServiceSides.StartAsync(bench, nginx, sides, ct);
        foreach (var side in sides.All)
        {
            await ServiceCheck.RunAsync(side, ct);
        }

        var samples = await new ServiceMeasurement(bench, wrk).RunAsync(sides.All, ct);
        Console.WriteLine(ServiceReport.Write(bench.Options, samples));
        return samples.All(sample => sample.Faults.Count == 0);
    }

    static async Task<bool> RunProxyCacheAsync(Bench bench, Wrk wrk, string nginx, CancellationToken ct)
    {
        using var sides = new ServiceSideList();
        await CacheSides.StartAsync(bench, nginx, sides, ct);
        foreach (var side in sides.All)
        {
            await CacheCheck.RunAsync(side, bench.Stub, ct);
        }

        var samples = await new ServiceMeasurement(bench, wrk).RunAsync(sides.All, ct);
        Console.WriteLine(CacheReport.Write(bench.Options, samples));
        return samples.All(sample => sample.Faults.Count == 0);
    }

    static async Task<bool> RunPartsAsync(Bench bench, Wrk wrk, string nginx, CancellationToken ct)
    {
        var options = bench.Options;
        using var redis = options.MeasuresCache ? await Redis.StartAsync(ct) : null;
        using var sides = new SideList();
        if (options.MeasuresAggregates)
        {
            await StartAsync(bench, nginx, sides, ct);
        }

        if (redis is not null)
        {
            await CachedSides.StartAsync(bench, redis, sides, ct);
        }

        var measurement = new Measurement(bench, wrk, sides);
        await measurement.CheckAsync(ct);
        var samples = await measurement.RunAsync(ct);

        Console.WriteLine(Report.Write(options, samples));
        return samples.All(sample => sample.Faults.Count == 0);
    }

    static async Task StartAsync(Bench bench, string nginx, SideList sides, CancellationToken ct)
    {
        var options = bench.Options;
        sides.Add(await LimitSide.StartAsync(bench, SideNames.Limit, ct));
        if (options.AgainstLimit)
        {
            sides.Add(await LimitSide.StartAsync(bench, SideNames.LimitAgain, ct));
        }
        else
        {
            RuntimeSettings.Compare(bench.Repository.Limit, bench.Repository.Tutti);
            sides.Add(await TuttiSide.StartAsync(bench, SideNames.Tutti, options.Widest, ct));
            if (options.Registered > 0 && options.Parts.Contains(BudgetWidth))
            {
                var scattered = await TuttiSide.StartAsync(bench, SideNames.TuttiScattered, options.Registered, ct);
                sides.Add(scattered with { Name = SideNames.TuttiCrowded, Asked = options.Widest, HasOneWidth = true });
                sides.Add(scattered with { HasOneWidth = true });
            }
        }

        if (options.WithLua && await LuaSide.StartAsync(bench, nginx, ct) is { } lua)
        {
            sides.Add(lua);
        }
    }
}
