using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Calls;

/// <summary>Tells of answers to methods that change something, as soon as their header is there.</summary>
internal sealed class UnsafeAnswers
{
    /// <summary>Run with the URI that was sent, for each hop of a redirect, to its end before anybody sees the answer.</summary>
    public Func<PartModel, Uri, HttpResponseMessage, Task>? Effects { get; set; }

    public async Task<HttpResponseMessage> TellAsync(PartModel part, Uri uri, Task<HttpResponseMessage> sending)
    {
        var response = await sending;
        if (Effects is { } effects)
        {
            await effects(part, uri, response);
        }

        return response;
    }
}
