using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Resilience;

/// <summary>What lives of one part while its models come and go: its counters, its circuit, its pool and the bound on its connections.</summary>
internal sealed class PartState(PartStats stats, PartCircuit circuit, PartPool pool, PartPool connections)
{
    public PartStats Stats => stats;

    public PartCircuit Circuit => circuit;

    public PartPool Pool => pool;

    public PartPool Connections => connections;

    /// <summary>Whether the pool is wider than the part's own bound; otherwise it bounds the connections already.</summary>
    public bool BoundsConnections => connections.Size < pool.Size;

    /// <summary>Takes the places that are free at once.</summary>
    /// <returns>Whether nothing is missing.</returns>
    public bool TryEnter(out PartPlaces places)
    {
        places = PartPlaces.None;
        if (!pool.TryEnter())
        {
            return false;
        }

        places = PartPlaces.Pool;
        if (!BoundsConnections)
        {
            return true;
        }

        if (!connections.TryEnter())
        {
            return false;
        }

        places |= PartPlaces.Connection;
        return true;
    }

    /// <summary>Gives places back.</summary>
    public void Leave(PartPlaces places)
    {
        if (places.HasFlag(PartPlaces.Connection))
        {
            connections.Leave();
        }

        if (places.HasFlag(PartPlaces.Pool))
        {
            pool.Leave();
        }
    }
}
