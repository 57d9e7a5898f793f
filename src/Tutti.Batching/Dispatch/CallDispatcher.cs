namespace Tutti.Batching.Dispatch;

/// <summary>
/// Puts one call through the whole pipeline of the app, in a context of its own. It must run in a flow of its own: in that of the batch the
/// accessor of the context would lose the batch's.
/// </summary>
internal sealed class CallDispatcher(AppPipeline pipeline, IHttpContextFactory contexts, ILogger<CallDispatcher> log)
{
    public async Task RunAsync(CallExchange exchange, BatchOrigin origin)
    {
        exchange.Activity = CallActivity.Start(origin.Activity, exchange.Request);
        var context = contexts.Create(exchange.Features);
        try
        {
            await pipeline.RunAsync(context);
            await exchange.Response.StartAsync();
        }
        catch (BadHttpRequestException e)
        {
            Fail(exchange, new CallProblem(e.StatusCode, "Bad request", e.Message));
        }
        catch (OperationCanceledException) when (exchange.IsRefused || exchange.Lifetime.RequestAborted.IsCancellationRequested)
        {
            // What stands in its place was told when it was cancelled.
        }
        catch (Exception e)
        {
            log.CallFailed(e, exchange.Request.Method, exchange.Request.Path, exchange.Batched!.Id);
            Fail(exchange, new CallProblem(StatusCodes.Status500InternalServerError, "Internal server error", "The endpoint failed"));
        }
        finally
        {
            await exchange.Response.RunCompletedAsync(log);
            exchange.Response.Written.End();
            exchange.Activity?.Stop(exchange.Response.StatusCode);
            contexts.Dispose(context);
            // Whoever still holds it must not meet the call that uses these features next.
            (context as DefaultHttpContext)?.Uninitialize();
        }
    }

    static void Fail(CallExchange exchange, CallProblem problem)
    {
        if (!exchange.IsRefused)
        {
            exchange.Refuse(problem);
        }
    }
}
