namespace Tutti.Gateway.Aggregation;

/// <summary>Bounds how many aggregates and single parts run at once, together: under overload the excess is refused at once, and the rest is served well.</summary>
internal sealed class AggregateGate(AggregationOptions options)
{
    int _running;

    public int Running => Volatile.Read(ref _running);

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _running) <= options.MaxConcurrent)
        {
            return true;
        }

        Interlocked.Decrement(ref _running);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _running);
}
