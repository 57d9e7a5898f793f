using Tutti.Bench.Load.Processes;

namespace Tutti.Bench.Load.Sides;

/// <summary>One gateway under measurement, and how many different parts are asked of it.</summary>
sealed record Side(string Name, ChildProcess Process, Uri Url, int Asked)
{
    public Uri Aggregate => new(Url, "/octoparts/2");

    /// <summary>A crowded registry is measured at one width, every other side at all of them.</summary>
    public bool TakesPartAt(int parts) => Name is not (SideNames.TuttiCrowded or SideNames.TuttiScattered) || parts == LoadRun.BudgetWidth;
}
