using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load.Reporting;

/// <summary>The budgets that this bench can judge, one line each.</summary>
static class Targets
{
    const double Budget = 1.15;
    const double Flat = 1.10;
    const double Cached = 1.50;
    const int Wide = 100;

    public static IEnumerable<string> Judge(Results results, string side)
    {
        yield return results.Has(LoadRun.BudgetWidth, side)
            ? Line("CPU of 10 parts over the limit", results.CpuRatio(LoadRun.BudgetWidth, side, SideNames.Limit), Budget)
            : "CPU of 10 parts over the limit: not measured";
        yield return results.Has(LoadRun.BudgetWidth, SideNames.TuttiKept)
            ? Line("CPU of 10 cached parts over the dictionary", results.CpuRatio(LoadRun.BudgetWidth, SideNames.TuttiKept, SideNames.Dictionary), Cached)
            : "CPU of 10 cached parts over the dictionary: not measured";
        yield return results.Has(LoadRun.BudgetWidth, side) && results.Has(Wide, side)
            ? Growth(results, side)
            : "CPU per part, 100 parts over 10: not measured";
        yield return results.Has(LoadRun.BudgetWidth, SideNames.TuttiCrowded)
            ? Line("CPU of 10 parts, crowded over plain", results.CpuRatio(LoadRun.BudgetWidth, SideNames.TuttiCrowded, side), Flat)
            : "CPU of 10 parts, crowded over plain: not measured";
        if (results.Has(LoadRun.BudgetWidth, SideNames.TuttiScattered))
        {
            yield return $"CPU of 10 parts, crowded and all in use over plain: {results.CpuRatio(LoadRun.BudgetWidth, SideNames.TuttiScattered, side)}, no target";
        }
    }

    static string Growth(Results results, string side)
    {
        var growth = results.CpuPerPart(Wide, side) / results.CpuPerPart(LoadRun.BudgetWidth, side);
        var limits = results.CpuPerPart(Wide, SideNames.Limit) / results.CpuPerPart(LoadRun.BudgetWidth, SideNames.Limit);
        return $"CPU per part, 100 parts over 10: {growth:f2} (the limit's own: {limits:f2}), at most {Flat:f2}: {Verdict(growth, Flat)}";
    }

    static string Line(string what, Spread measured, double most) =>
        $"{what}: {measured}, at most {most:f2}: {Verdict(measured.Median, most)}";

    static string Verdict(double measured, double most) => measured <= most ? "holds" : "MISSED";
}
