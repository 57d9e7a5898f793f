namespace Tutti.Gateway.Aggregation.Wire;

/// <summary>Ends the reading of a request that is no aggregate request. It never leaves <see cref="AggregateRequestReader"/>.</summary>
internal sealed class BadAggregateException(string message) : Exception(message);
