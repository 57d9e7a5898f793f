namespace Tutti.Gateway.Resilience;

/// <summary>The places that a call holds.</summary>
[Flags]
internal enum PartPlaces
{
    None = 0,

    /// <summary>A place in the pool that parts share.</summary>
    Pool = 1,

    /// <summary>A place under the part's own bound on connections.</summary>
    Connection = 2,
}
