using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Resilience.Admin;

/// <summary>The live numbers of a pool of this node.</summary>
/// <param name="MaxActive">The most calls that ran at once since the start.</param>
/// <param name="Entered">How many calls came in since the start.</param>
internal sealed record PoolStateView(string Key, int Size, int Queue, int Active, int Waiting, int MaxActive, long Entered)
{
    public static PoolStateView Of(PoolConfig config, ResilienceStates states) => states.FindPool(config.Key) is { } pool
        ? new(pool.Key, pool.Size, pool.Queue, pool.Active, pool.Waiting, pool.MaxActive, pool.Entered)
        : new(config.Key, config.Size, config.Queue, 0, 0, 0, 0);
}
