using Tutti.Gateway.Proxy;
using Tutti.Gateway.ProxyCache.Answering;

namespace Tutti.Gateway.ProxyCache.Fetching;

/// <summary>Passes a request on that is not answered from the cache, without what would force or mislead the service.</summary>
/// <param name="told">What <c>Cache-Status</c> says.</param>
internal class CallTap(CacheCall call, string told) : ProxyTap
{
    protected CacheCall Call => call;

    public override void Asks(HttpRequestMessage request)
    {
        RequestFilter.RemoveOverrides(request);
        if (!call.Rules.HonoursRequests)
        {
            RequestFilter.Calm(request);
        }
    }

    public override void Passes(HttpResponseMessage answer, HttpResponse response) =>
        response.Headers.Append("Cache-Status", $"{AnswerWriter.Cache}; {told}");
}
