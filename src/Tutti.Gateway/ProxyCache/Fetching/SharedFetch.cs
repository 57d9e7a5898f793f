namespace Tutti.Gateway.ProxyCache.Fetching;

/// <summary>One request to a service for all who ask the same meanwhile.</summary>
/// <param name="sequence">The number of the last invalidation when it began.</param>
internal sealed class SharedFetch(string key, long sequence)
{
    readonly TaskCompletionSource<FetchResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Key => key;

    public long Sequence => sequence;

    public Task<FetchResult> Result => _result.Task;

    public void End(FetchResult result) => _result.TrySetResult(result);
}
