namespace Tutti.Samples.Storefront.Faults;

/// <summary>The endpoints of the misbehaviours within HTTP.</summary>
public static class FaultEndpoints
{
    static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(60);

    /// <summary>Maps <c>/faulty/{name}</c>.</summary>
    public static void MapFaults(this WebApplication app, IReadOnlyDictionary<string, HttpFault> faults)
    {
        foreach (var fault in faults.Values)
        {
            app.Map($"/faulty/{fault.Name}", context => AnswerAsync(context, fault.Answer));
        }
    }

    static async Task AnswerAsync(HttpContext context, RequestDelegate answer)
    {
        using var timely = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        timely.CancelAfter(MaxTime);
        context.RequestAborted = timely.Token;
        try
        {
            await answer(context);
        }
        catch (OperationCanceledException) when (timely.IsCancellationRequested)
        {
            context.Abort();
        }
    }
}
