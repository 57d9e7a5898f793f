namespace Tutti.Batching;

/// <summary>Tells an endpoint that its request is one of a batch; absent where it came alone.</summary>
public interface IBatchedRequestFeature
{
    /// <summary>The id of the request within its batch: the name of a section, or the <c>id</c> that the sender chose.</summary>
    string Id { get; }

    /// <summary>Counts units of work against a bound that all requests of the batch share.</summary>
    /// <param name="units">How many this request is about to do.</param>
    /// <param name="limit">The most that all of them may do together.</param>
    /// <returns>Whether there was room; nothing is counted where there was not.</returns>
    bool TryCharge(int units, int limit);
}
