namespace Tutti.Gateway.Calls;

/// <summary>Knows no service, for programs without a locator.</summary>
internal sealed class NoTargets : ICallTargets
{
    public ICallTarget? Choose(string service, IReadOnlyList<ICallTarget> tried) => null;
}
