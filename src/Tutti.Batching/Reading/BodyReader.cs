namespace Tutti.Batching.Reading;

/// <summary>Reads the JSON batch.</summary>
internal sealed class BodyReader(IOptions<TuttiBatchingOptions> options)
{
    public async ValueTask<(BatchPlan? Plan, BatchRefusal? Refusal)> ReadAsync(HttpContext context)
    {
        await Task.Yield();
        return (null, BatchRefusal.Malformed(options.Value.MaxRequests.ToString()));
    }
}
