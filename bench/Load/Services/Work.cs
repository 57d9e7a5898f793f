namespace Tutti.Bench.Load.Services;

/// <summary>What is asked of a side.</summary>
enum Work
{
    LookUp,
    Small,
    Large,
    Hit,
    LargeHit,
    Uncacheable,
}
