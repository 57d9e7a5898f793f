namespace Tutti.Samples.Batching;

/// <summary>A scoped service: each request has one of its own, inside a batch as outside.</summary>
public sealed class Basket : IDisposable
{
    static int _made;
    static int _gone;

    /// <summary>How many were made and not given back.</summary>
    public static int Alive => Volatile.Read(ref _made) - Volatile.Read(ref _gone);

    public int Number { get; } = Interlocked.Increment(ref _made);

    public List<string> Items { get; } = [];

    public void Dispose() => Interlocked.Increment(ref _gone);
}
