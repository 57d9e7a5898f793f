using Microsoft.AspNetCore.Http.Features;

namespace Tutti.Batching.Dispatch;

/// <summary>Where routing led a call. A feature of its own from the start: routing would make one for each call.</summary>
internal sealed class CallRoute : IEndpointFeature, IRouteValuesFeature
{
    RouteValueDictionary? _values;

    public Endpoint? Endpoint { get; set; }

    public RouteValueDictionary RouteValues
    {
        get => _values ??= [];
        set => _values = value;
    }

    public void Reset()
    {
        Endpoint = null;
        _values = null;
    }
}
