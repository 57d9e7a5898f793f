using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Tutti.Batching.Dispatch;

/// <summary>The activity of one call, below that of the batch.</summary>
internal sealed class CallActivity : IHttpActivityFeature
{
    const string Operation = "Tutti.Batching.Request";

    static readonly ActivitySource Source = new("Tutti.Batching");

    public required Activity Activity { get; set; }

    /// <summary>Starts one, if the batch has one or somebody listens; it is the current one of the flow from then on.</summary>
    public static CallActivity? Start(Activity? batch, CallRequest request)
    {
        // The flow of a call is a fresh one: whose child it is must be told.
        Activity.Current = batch;
        var activity = Source.HasListeners() ? Source.StartActivity(Operation) : null;
        if (activity is null && batch is not null)
        {
            activity = new Activity(Operation).Start();
        }

        if (activity is null)
        {
            return null;
        }

        if (activity.IsAllDataRequested)
        {
            activity.DisplayName = request.Method;
            activity.SetTag("http.request.method", request.Method);
            activity.SetTag("url.path", request.Path);
        }

        return new CallActivity { Activity = activity };
    }

    public void Stop(int status)
    {
        if (Activity.IsAllDataRequested)
        {
            Activity.SetTag("http.response.status_code", status);
            if (status >= StatusCodes.Status500InternalServerError)
            {
                Activity.SetStatus(ActivityStatusCode.Error);
            }
        }

        Activity.Stop();
    }
}
