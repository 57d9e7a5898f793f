namespace Tutti.Gateway.Calls;

/// <summary>An instance of a service, chosen for one call.</summary>
internal interface ICallTarget
{
    /// <summary>Scheme, host and port.</summary>
    string Origin { get; }

    void Begin();

    void End();

    /// <summary>It could not be connected to.</summary>
    void Evict();
}
