namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>One value of a param, as requests write it.</summary>
internal sealed record KeyOrderParam
{
    /// <summary>The param's input name.</summary>
    public required string Key { get; init; }

    public required string Value { get; init; }
}
