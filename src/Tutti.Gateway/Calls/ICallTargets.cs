namespace Tutti.Gateway.Calls;

/// <summary>Finds where the calls of parts go that name a service instead of a host.</summary>
internal interface ICallTargets
{
    /// <summary>Chooses an instance.</summary>
    /// <param name="tried">Those that could not be connected to.</param>
    /// <returns>Null if there is none, or no other.</returns>
    ICallTarget? Choose(string service, IReadOnlyList<ICallTarget> tried);
}
