namespace Tutti.Bench.Load.Sides;

/// <summary>The sides as the report names them.</summary>
static class SideNames
{
    public const string Limit = "limit";
    public const string LimitAgain = "limit again";
    public const string Tutti = "tutti";
    public const string TuttiCrowded = "tutti, crowded";
    public const string TuttiScattered = "tutti, crowded and all in use";
    public const string Lua = "nginx + Lua";
}
