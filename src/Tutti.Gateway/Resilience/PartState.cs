using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Resilience;

/// <summary>What lives of one part while its models come and go: its counters, its circuit, its pool and the bound on its connections.</summary>
internal sealed class PartState(PartStats stats, PartCircuit circuit, PartPool pool, PartPool connections)
{
    public PartStats Stats => stats;

    public PartCircuit Circuit => circuit;

    public PartPool Pool => pool;

    /// <summary>The part's own bound; null where its pool is no wider and bounds the connections already.</summary>
    public PartPool? Connections => connections.Size < pool.Size ? connections : null;
}
