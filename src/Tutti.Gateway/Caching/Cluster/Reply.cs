namespace Tutti.Gateway.Caching.Cluster;

/// <summary>What Redis said, or that it is not available.</summary>
internal readonly record struct Reply<T>
{
    Reply(bool isAvailable, T value)
    {
        IsAvailable = isAvailable;
        Value = value;
    }

    /// <summary>Redis did not answer in time, refused, or is not asked at all for now.</summary>
    public static Reply<T?> None => default;

    public bool IsAvailable { get; }

    /// <summary>What was found; null if nothing was, or if Redis is not available.</summary>
    public T Value { get; }

    public static Reply<T> Of(T value) => new(true, value);
}
