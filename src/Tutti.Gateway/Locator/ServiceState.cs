namespace Tutti.Gateway.Locator;

/// <summary>What lives of one service: its instances, and whose turn it is.</summary>
internal sealed class ServiceState
{
    volatile InstanceState[] _instances = [];
    int _turn;

    /// <summary>All that are registered; whether one is in must be asked each time.</summary>
    public InstanceState[] Instances
    {
        get => _instances;
        set => _instances = value;
    }

    /// <summary>The number of the next request, for those who go round.</summary>
    public uint NextTurn() => (uint)Interlocked.Increment(ref _turn);

    public bool HasOneIn(long now)
    {
        foreach (var instance in _instances)
        {
            if (instance.IsIn(now))
            {
                return true;
            }
        }

        return false;
    }
}
