using Tutti.Batching.Reading;
using Tutti.Batching.Running;

namespace Tutti.Batching.Answering;

/// <summary>How a batch as a whole ended.</summary>
internal static class BatchOutcome
{
    /// <summary>Says whether every request succeeded, as a structured boolean (RFC 9651), where the body has no place for it.</summary>
    const string CompleteName = "Batch-Complete";

    public static bool IsComplete(BatchRun run) => Array.TrueForAll(run.Calls, call => call.IsSuccess);

    /// <summary>200, or 424 if one failed that the sender requires.</summary>
    public static int StatusOf(BatchRun run, BatchWishes wishes) =>
        Array.Exists(run.Calls, call => !call.IsSuccess && (wishes.RequiresAll || wishes.Required.Contains(call.Id)))
            ? StatusCodes.Status424FailedDependency
            : StatusCodes.Status200OK;

    public static void Tell(HttpContext context, BatchRun run, BatchWishes wishes)
    {
        context.Response.StatusCode = StatusOf(run, wishes);
        context.Response.Headers[CompleteName] = IsComplete(run) ? "?1" : "?0";
    }
}
