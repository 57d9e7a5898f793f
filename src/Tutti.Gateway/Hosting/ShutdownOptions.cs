using System.ComponentModel.DataAnnotations;

namespace Tutti.Gateway.Hosting;

/// <summary>How the gateway stops: section <c>Tutti:Shutdown</c>.</summary>
internal sealed class ShutdownOptions
{
    /// <summary>
    /// How long requests are still accepted after <c>/readyz</c> turned, in milliseconds, so that load balancers have seen it. A little
    /// more than their probing interval.
    /// </summary>
    [Range(0, 300_000)]
    public int ReadinessDelayMs { get; set; } = 1_000;

    /// <summary>How long running requests and late calls may take after that, in milliseconds.</summary>
    [Range(0, 600_000)]
    public int DrainMs { get; set; } = 25_000;
}
