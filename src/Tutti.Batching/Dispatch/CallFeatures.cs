using System.Collections;
using Microsoft.AspNetCore.Http.Features;

namespace Tutti.Batching.Dispatch;

/// <summary>The features of one call. What the app replaces or adds goes away with the call.</summary>
internal sealed class CallFeatures(CallExchange exchange) : IFeatureCollection
{
    static readonly Type[] Own =
    [
        typeof(IHttpRequestFeature), typeof(IHttpResponseFeature), typeof(IHttpResponseBodyFeature), typeof(IHttpRequestBodyDetectionFeature),
        typeof(IHttpRequestLifetimeFeature), typeof(IHttpRequestIdentifierFeature), typeof(IHttpConnectionFeature),
        typeof(IHttpMaxRequestBodySizeFeature), typeof(IEndpointFeature), typeof(IRouteValuesFeature), typeof(IBatchedRequestFeature), typeof(IHttpActivityFeature),
    ];

    readonly Dictionary<Type, object?> _replaced = [];

    public bool IsReadOnly => false;

    public int Revision { get; private set; }

    public object? this[Type key]
    {
        get => _replaced.Count > 0 && _replaced.TryGetValue(key, out var replaced) ? replaced : OwnOf(key);
        set
        {
            Revision++;
            _replaced[key] = value;
        }
    }

    public TFeature? Get<TFeature>() => (TFeature?)this[typeof(TFeature)];

    public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator()
    {
        foreach (var type in Own.Concat(_replaced.Keys).Distinct())
        {
            if (this[type] is { } feature)
            {
                yield return new KeyValuePair<Type, object>(type, feature);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Reset()
    {
        if (_replaced.Count > 0)
        {
            _replaced.Clear();
        }

        Revision++;
    }

    object? OwnOf(Type key) =>
        key == typeof(IHttpRequestFeature) || key == typeof(IHttpRequestBodyDetectionFeature) || key == typeof(IHttpMaxRequestBodySizeFeature) ? exchange.Request
        : key == typeof(IHttpResponseFeature) || key == typeof(IHttpResponseBodyFeature) ? exchange.Response
        : key == typeof(IEndpointFeature) || key == typeof(IRouteValuesFeature) ? exchange.Route
        : key == typeof(IHttpRequestLifetimeFeature) || key == typeof(IHttpRequestIdentifierFeature) ? exchange.Lifetime
        : key == typeof(IHttpConnectionFeature) ? exchange.Connection
        : key == typeof(IBatchedRequestFeature) ? exchange.Batched
        : key == typeof(IHttpActivityFeature) ? exchange.Activity
        : null;
}
