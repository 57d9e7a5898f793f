namespace Tutti.Gateway.Storage.Rows;

/// <summary>The one row that numbers the writes of leases; who writes holds it, so that numbers become visible in their order.</summary>
internal sealed class LeaseClockRow
{
    public const int OnlyId = 1;

    public int Id { get; init; }

    public long Change { get; set; }
}
