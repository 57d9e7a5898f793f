using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Resilience;

namespace Tutti.Gateway.Proxy.Admin;

/// <summary>The pool of a service on this node.</summary>
/// <param name="MaxActive">The most requests that ran at once since the start.</param>
/// <param name="Entered">How many requests came in since the start.</param>
internal sealed record ServicePoolView(int Size, int Queue, int Active, int Waiting, int MaxActive, long Entered)
{
    public static ServicePoolView Of(PartPool? pool, ServicePoolConfig config) => pool is null
        ? new(config.Size, config.Queue, 0, 0, 0, 0)
        : new(pool.Size, pool.Queue, pool.Active, pool.Waiting, pool.MaxActive, pool.Entered);
}
