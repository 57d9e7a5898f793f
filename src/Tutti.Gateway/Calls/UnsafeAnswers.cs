using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Calls;

/// <summary>Tells of answers to methods that change something, as soon as their header is there.</summary>
internal sealed class UnsafeAnswers
{
    /// <summary>Raised with the URI that was sent, for each hop of a redirect, before anybody sees the answer.</summary>
    public event Action<PartModel, Uri, HttpResponseMessage>? Came;

    public async Task<HttpResponseMessage> TellAsync(PartModel part, Uri uri, Task<HttpResponseMessage> sending)
    {
        var response = await sending;
        Came?.Invoke(part, uri, response);
        return response;
    }
}
