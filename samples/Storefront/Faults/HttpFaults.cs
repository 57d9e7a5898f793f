namespace Tutti.Samples.Storefront.Faults;

/// <summary>The table of all misbehaviours within HTTP, by name.</summary>
public static class HttpFaults
{
    /// <summary>Makes the table, with counters of its own.</summary>
    public static IReadOnlyDictionary<string, HttpFault> Create() => new OrderedDictionary<string, HttpFault>(
        new[] { FailureFaults.Create(), CharsetFaults.All, EncodingFaults.All }
            .SelectMany(faults => faults)
            .Select(fault => KeyValuePair.Create(fault.Name, fault)));
}
