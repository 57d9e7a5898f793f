using Tutti.Bench.Load.Processes;

namespace Tutti.Bench.Load.Sides;

/// <summary>One gateway under measurement, and how many different parts are asked of it.</summary>
/// <param name="Url">What the path of aggregates is under.</param>
sealed record Side(string Name, ChildProcess Process, Uri Url, int Asked)
{
    /// <summary>How many parts of an aggregate, of ten, are answered from a cache.</summary>
    public int KeptOfTen { get; init; }

    /// <summary>The side whose figures this one's are divided by.</summary>
    public string Over { get; init; } = SideNames.Limit;

    /// <summary>Whether the side is measured at the width of the budget alone.</summary>
    public bool HasOneWidth { get; init; }

    public Uri Aggregate => new(Url, "octoparts/2");

    public bool TakesPartAt(int parts) => !HasOneWidth || parts == LoadRun.BudgetWidth;

    /// <summary>How many parts of an aggregate are fetched from their backend.</summary>
    public int FetchedOf(int parts) => parts - (parts * KeptOfTen / 10);
}
