namespace Tutti.Gateway.Telemetry;

/// <summary>The names of the outcomes in metrics.</summary>
internal static class PartEvents
{
    public static string NameOf(PartEvent what) => what switch
    {
        PartEvent.Success => "success",
        PartEvent.Failure => "failure",
        PartEvent.Timeout => "timeout",
        PartEvent.ShortCircuited => "circuit_open",
        PartEvent.Rejected => "pool_full",
        PartEvent.BadRequest => "bad_request",
        PartEvent.Abandoned => "abandoned",
        PartEvent.Local => "local",
        PartEvent.Cached => "cached",
    };
}
