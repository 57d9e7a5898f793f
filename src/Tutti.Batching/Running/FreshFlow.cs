namespace Tutti.Batching.Running;

/// <summary>
/// A flow in which nobody has left anything: no context accessor, no activity, no culture. A request of a batch begins in one, as one that
/// comes alone does; in that of the batch, setting the accessor would clear the batch's own.
/// </summary>
internal static class FreshFlow
{
    static readonly ExecutionContext Empty = Capture();

    public static void Run(ContextCallback what, object state) => ExecutionContext.Run(Empty, what, state);

    static ExecutionContext Capture()
    {
        ExecutionContext? empty = null;
        var thread = new Thread(() => empty = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return empty!;
    }
}
