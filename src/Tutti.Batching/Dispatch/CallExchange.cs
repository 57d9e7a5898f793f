using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Tutti.Batching.Dispatch;

/// <summary>One call as the app sees it: request, response, connection and life of its own. Used again after its answer was written.</summary>
internal sealed class CallExchange : IDisposable
{
    Action<CallExchange, CallProblem>? _refused;
    BatchBudget? _budget;
    int _maxBytes;
    int _taken;

    public CallExchange()
    {
        Request = new CallRequest();
        Response = new CallResponse(this);
        Lifetime = new CallLifetime(() => Refuse(new CallProblem(StatusCodes.Status502BadGateway, "Answer broken off", "The endpoint broke off its answer")));
        Features = new CallFeatures(this);
    }

    public CallRequest Request { get; }

    public CallResponse Response { get; }

    public CallConnection Connection { get; } = new();

    public CallLifetime Lifetime { get; }

    public CallRoute Route { get; } = new();

    public CallFeatures Features { get; }

    public IBatchedRequestFeature? Batched { get; private set; }

    public CallActivity? Activity { get; set; }

    /// <summary>Whether something else is answered than what the app writes.</summary>
    public bool IsRefused { get; private set; }

    /// <param name="refused">Told at once when no answer of the app can be used any more.</param>
    public void Begin(BatchOrigin origin, IBatchedRequestFeature batched, BatchBudget budget, int maxBytes, Action<CallExchange, CallProblem> refused)
    {
        (Batched, _budget, _maxBytes, _refused) = (batched, budget, maxBytes, refused);
        Connection.CopyFrom(origin.Connection);
        foreach (var (type, feature) in origin.Carried)
        {
            Features[type] = feature;
        }

        Response.Begin();
    }

    /// <summary>Whether what was written is within the limits; if it is not, that is the answer.</summary>
    public bool Takes(int bytes, int length)
    {
        if (length <= _maxBytes && _budget!.TryTake(bytes))
        {
            _taken += bytes;
            return true;
        }

        Refuse(length > _maxBytes
            ? new CallProblem(StatusCodes.Status502BadGateway, "Answer too large", $"The answer is larger than {_maxBytes} bytes")
            : new CallProblem(StatusCodes.Status502BadGateway, "Answers too large", "All answers of the batch together are larger than is allowed"));
        return false;
    }

    /// <summary>The response starts: what streams for ever cannot be waited for.</summary>
    public void Started()
    {
        var type = Response.Headers[HeaderNames.ContentType].ToString();
        if (type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) || type.StartsWith("multipart/x-mixed-replace", StringComparison.OrdinalIgnoreCase))
        {
            Refuse(new CallProblem(StatusCodes.Status501NotImplemented, "Streams are not batched", $"{type} is a stream that does not end: ask for it outside a batch"));
        }
    }

    public void Refuse(CallProblem problem)
    {
        IsRefused = true;
        Response.Written.Drop();
        _budget?.GiveBack(Interlocked.Exchange(ref _taken, 0));
        _refused?.Invoke(this, problem);
    }

    public void Reset()
    {
        Request.Reset();
        Response.Reset();
        Lifetime.Reset();
        Route.Reset();
        Features.Reset();
        (Batched, Activity, _budget, _refused, _taken, IsRefused) = (null, null, null, null, 0, false);
    }

    public void Dispose() => Response.Written.Dispose();
}
