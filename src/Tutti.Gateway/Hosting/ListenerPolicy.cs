using Microsoft.AspNetCore.Routing.Matching;

namespace Tutti.Gateway.Hosting;

/// <summary>Keeps the endpoints of one listener from answering on the other: for a request there, they do not exist.</summary>
internal sealed class ListenerPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 0;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => true;

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var onManagement = httpContext.Features.Get<Listener>() is { IsManagement: true };
        for (var i = 0; i < candidates.Count; i++)
        {
            var metadata = candidates[i].Endpoint.Metadata.GetMetadata<ListenerMetadata>();
            if (!(onManagement ? metadata?.OnManagement ?? true : metadata?.OnTraffic ?? false))
            {
                candidates.SetValidity(i, false);
            }
        }

        return Task.CompletedTask;
    }
}
