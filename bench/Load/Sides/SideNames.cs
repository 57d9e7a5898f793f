namespace Tutti.Bench.Load.Sides;

/// <summary>The sides as the report names them.</summary>
static class SideNames
{
    public const string Limit = "limit";
    public const string LimitAgain = "limit again";
    public const string Tutti = "tutti";
    public const string TuttiCrowded = "tutti, crowded";
    public const string TuttiScattered = "tutti, crowded and all in use";
    public const string Dictionary = "dictionary, all cached";
    public const string TuttiKept = "tutti, all cached";
    public const string TuttiKeptShared = "tutti, all cached, Redis";
    public const string HalfDictionary = "dictionary, half cached";
    public const string TuttiHalf = "tutti, half cached";
    public const string TuttiHalfShared = "tutti, half cached, Redis";
    public const string Lua = "nginx + Lua";
}
