namespace Tutti.Gateway.Edge.Json;

/// <summary>The memory of all bodies that are held back: many slow senders must not take more of it than is allowed.</summary>
internal sealed class HeldBudget(RequestOptions options)
{
    long _held;

    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= options.MaxHeldBytes)
        {
            return true;
        }

        Return(bytes);
        return false;
    }

    public void Return(int bytes) => Interlocked.Add(ref _held, -bytes);
}
