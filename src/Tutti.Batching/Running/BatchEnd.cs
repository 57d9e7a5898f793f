using System.Threading.Tasks.Sources;

namespace Tutti.Batching.Running;

/// <summary>The end of a batch, which one waits for. Who ends it says whether its thread may go on with what waits.</summary>
internal sealed class BatchEnd : IValueTaskSource
{
    ManualResetValueTaskSourceCore<bool> _core;

    public ValueTask Task => new(this, _core.Version);

    public void Set(bool inline)
    {
        _core.RunContinuationsAsynchronously = !inline;
        _core.SetResult(true);
    }

    public void GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
