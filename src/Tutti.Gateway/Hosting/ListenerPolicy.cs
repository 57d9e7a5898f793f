using Microsoft.AspNetCore.Routing.Matching;

namespace Tutti.Gateway.Hosting;

/// <summary>Keeps the endpoints of one listener from answering on the other: for a request there, they do not exist.</summary>
internal sealed class ListenerPolicy : MatcherPolicy, INodeBuilderPolicy
{
    /// <summary>Before the methods are looked at: what does not exist allows none.</summary>
    public override int Order => -2000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => true;

    public IReadOnlyList<PolicyNodeEdge> GetEdges(IReadOnlyList<Endpoint> endpoints) =>
        [.. EdgesOf(Listener.Traffic, endpoints), .. EdgesOf(Listener.Management, endpoints)];

    public PolicyJumpTable BuildJumpTable(int exitDestination, IReadOnlyList<PolicyJumpTableEdge> edges) => new JumpTable(
        DestinationOf(Listener.Traffic, exitDestination, edges),
        DestinationOf(Listener.Management, exitDestination, edges));

    static IEnumerable<PolicyNodeEdge> EdgesOf(Listener listener, IReadOnlyList<Endpoint> endpoints)
    {
        Endpoint[] there = [.. endpoints.Where(endpoint => IsOn(endpoint, listener))];
        return there.Length == 0 ? [] : [new(listener, there)];
    }

    static bool IsOn(Endpoint endpoint, Listener listener)
    {
        var metadata = endpoint.Metadata.GetMetadata<ListenerMetadata>();
        return listener.IsManagement ? metadata?.OnManagement ?? true : metadata?.OnTraffic ?? false;
    }

    static int DestinationOf(Listener listener, int exit, IReadOnlyList<PolicyJumpTableEdge> edges)
    {
        foreach (var edge in edges)
        {
            if (ReferenceEquals(edge.State, listener))
            {
                return edge.Destination;
            }
        }

        return exit;
    }

    sealed class JumpTable(int traffic, int management) : PolicyJumpTable
    {
        public override int GetDestination(HttpContext httpContext) =>
            httpContext.Features.Get<Listener>() is { IsManagement: true } ? management : traffic;
    }
}
