namespace Tutti.Gateway.Locator;

/// <summary>What lives of one service: its instances, and whose turn it is.</summary>
internal sealed class ServiceState
{
    volatile InstanceState[] _instances = [];
    int _turn;

    /// <summary>All that are known; whether one is in must be asked each time.</summary>
    public InstanceState[] Instances
    {
        get => _instances;
        init => _instances = Registered = value;
    }

    /// <summary>Those of the registry.</summary>
    public InstanceState[] Registered { get; private set; } = [];

    /// <summary>Those of the configuration; null until they were looked for.</summary>
    public InstanceState[]? Configured { get; private set; }

    /// <summary>Those that the service's source told.</summary>
    public InstanceState[] Found { get; private set; } = [];

    /// <summary>Takes over what is known; only the directory does that.</summary>
    public void Set(InstanceState[] registered, InstanceState[] configured, InstanceState[] found)
    {
        (Registered, Configured, Found) = (registered, configured, found);
        _instances = [.. registered, .. configured, .. found];
    }

    /// <summary>The number of the next request, for those who go round.</summary>
    public uint NextTurn() => (uint)Interlocked.Increment(ref _turn);
}
