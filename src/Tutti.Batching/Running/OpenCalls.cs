using System.Threading.Channels;
using Tutti.Batching.Dispatch;

namespace Tutti.Batching.Running;

/// <summary>The requests of a batch that have no answer yet, and what the answer of one means for those that wait for it.</summary>
/// <param name="ready">Takes what waits for nobody any more.</param>
/// <param name="told">Takes each request once it has its answer; null if nobody reads them one by one.</param>
internal sealed class OpenCalls(CallRun[] calls, Action<CallRun> ready, ChannelWriter<CallRun>? told)
{
    readonly Lock _gate = new();
    int _count = calls.Length;

    public bool Any => Volatile.Read(ref _count) > 0;

    /// <summary>Finds out who waits for whom.</summary>
    public void Start()
    {
        foreach (var call in calls)
        {
            foreach (var position in call.Planned.DependsOn)
            {
                (calls[position].Dependents ??= []).Add(call);
            }

            if (call.WaitsFor == 0)
            {
                ready(call);
            }
        }

        if (calls.Length == 0)
        {
            told?.TryComplete();
        }
    }

    /// <summary>Gives a request what the app will see of it.</summary>
    /// <returns>False if it was answered meanwhile.</returns>
    public bool Begin(CallRun call, CallExchange exchange)
    {
        lock (_gate)
        {
            if (!call.IsSettled)
            {
                call.Exchange = exchange;
            }

            return !call.IsSettled;
        }
    }

    /// <summary>Answers a request, unless it is answered already, and whatever follows from that.</summary>
    /// <param name="problem">What stands in place of the app's answer; null if the app answered.</param>
    /// <returns>Whether this is its answer.</returns>
    public bool Settle(CallRun call, CallProblem? problem, out bool isLast)
    {
        lock (_gate)
        {
            isLast = false;
            if (!SettleOne(call, problem))
            {
                return false;
            }

            ReleaseDependents(call);
            isLast = _count == 0;
            if (isLast)
            {
                told?.TryComplete();
            }

            return true;
        }
    }

    bool SettleOne(CallRun call, CallProblem? problem)
    {
        if (call.IsSettled)
        {
            return false;
        }

        call.IsSettled = true;
        call.Problem = problem;
        _count--;
        told?.TryWrite(call);
        return true;
    }

    void ReleaseDependents(CallRun call)
    {
        if (call.Dependents is null)
        {
            return;
        }

        var settled = new Queue<CallRun>([call]);
        while (settled.TryDequeue(out var ended))
        {
            foreach (var dependent in ended.Dependents ?? [])
            {
                Release(dependent, ended, settled);
            }
        }
    }

    void Release(CallRun dependent, CallRun ended, Queue<CallRun> settled)
    {
        dependent.WaitsFor--;
        if (dependent.ReasonAgainst(ended) is { } problem)
        {
            if (SettleOne(dependent, problem))
            {
                settled.Enqueue(dependent);
            }
        }
        else if (dependent.WaitsFor == 0)
        {
            ready(dependent);
        }
    }
}
