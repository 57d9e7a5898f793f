namespace Tutti.Bench.Load.Sides;

/// <summary>Starts the sides whose parts are cached, all or half of them, alone and over one Redis.</summary>
static class CachedSides
{
    const int All = 10;
    const int Half = 5;

    public static async Task StartAsync(Bench bench, Redis redis, SideList sides, CancellationToken ct)
    {
        var limit = await LimitSide.StartAsync(bench, SideNames.Dictionary, ct);
        AddBoth(sides, limit with { Url = new(limit.Url, "/dictionary/") }, SideNames.Dictionary, SideNames.HalfDictionary);
        var alone = await TuttiSide.StartAsync(bench, SideNames.TuttiKept, bench.Options.Widest, ct);
        AddBoth(sides, alone, SideNames.TuttiKept, SideNames.TuttiHalf);
        var sharing = await TuttiSide.StartAsync(
            bench, SideNames.TuttiKeptShared, bench.Options.Widest, ct, $"--Tutti:Redis:ConnectionString={redis.Address}");
        AddBoth(sides, sharing, SideNames.TuttiKeptShared, SideNames.TuttiHalfShared);
    }

    static void AddBoth(SideList sides, Side side, string all, string half)
    {
        sides.Add(side with { Name = all, KeptOfTen = All, Over = SideNames.Dictionary, HasOneWidth = true });
        sides.Add(side with { Name = half, KeptOfTen = Half, Over = SideNames.HalfDictionary, HasOneWidth = true });
    }
}
