namespace Tutti.Gateway.Caching.Marks;

/// <summary>Puts together what several invalidations leave.</summary>
internal static class Validities
{
    public static Validity OrWorse(this Validity one, Validity other) => one > other ? one : other;
}
