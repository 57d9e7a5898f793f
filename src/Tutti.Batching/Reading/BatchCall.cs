namespace Tutti.Batching.Reading;

/// <summary>One request of a batch, as its sender wrote it.</summary>
internal sealed class BatchCall
{
    public required string Id { get; init; }

    public required string Method { get; init; }

    public required string Url { get; init; }

    public (string Name, string Value)[] Headers { get; init; } = [];

    /// <summary>The body as it stands in the batch: any JSON value; null if there is none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The ids, of requests or groups, that the sender named.</summary>
    public string[] DependsOn { get; init; } = [];

    /// <summary>The condition that the sender wrote.</summary>
    public string? If { get; init; }

    public string? AtomicityGroup { get; init; }
}
