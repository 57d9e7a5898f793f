namespace Tutti.Gateway.Storage.Rows;

/// <summary>What lives of an instance: whether it started and when it was last heard of. Signals write it, past the registry's version.</summary>
internal sealed class LeaseRow
{
    public required string InstanceId { get; init; }

    /// <summary>Whether its start was signalled, or needs no signal.</summary>
    public bool Started { get; set; }

    /// <summary>When it was registered or last renewed: milliseconds since 1970 by the database's clock, which all nodes share.</summary>
    public long RenewedAt { get; set; }

    /// <summary>The number of the write, so that nodes read only what is new.</summary>
    public long Change { get; set; }
}
