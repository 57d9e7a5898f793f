namespace Tutti.Gateway.Locator.Sources;

/// <summary>Turns weights of SRV records (0 to 65535) into those of instances (1 to 1000). Zero is a small share there and none here.</summary>
internal static class SrvWeights
{
    const int Most = 1_000;

    public static int Of(int weight, int heaviest) => Math.Max(1, heaviest <= Most ? weight : weight * Most / heaviest);
}
