using System.Threading.Channels;
using Tutti.Batching.Dispatch;
using Tutti.Batching.Reading;
using Tutti.Batching.References;

namespace Tutti.Batching.Running;

/// <summary>A batch on its way: what may start is started, what waits is released, and each answer is told when it is known.</summary>
internal sealed class BatchRun : IDisposable
{
    readonly Lock _gate = new();
    readonly BatchRunner _runner;
    readonly CallQueue _queue;
    readonly BatchTimer _timer;
    readonly Channel<CallRun>? _told;
    readonly BatchEnd _ended = new();
    readonly Action<CallExchange, CallProblem> _refused;
    CancellationTokenRegistration _left;
    int _open;
    bool _hasStarted;

    /// <param name="tells">Whether answers are read one by one.</param>
    public BatchRun(BatchRunner runner, BatchPlan plan, BatchOrigin origin, BatchDialect dialect, bool tells)
    {
        _runner = runner;
        Origin = origin;
        Dialect = dialect;
        Budget = new BatchBudget(runner.Options.MaxTotalResponseBytes);
        Calls = [.. plan.Calls.Select((planned, index) => new CallRun(this, planned, index))];
        Values = new AnswerValues(Calls, runner.Options.MaxJsonDepth);
        _open = Calls.Length;
        _queue = new CallQueue(call => _ = RunAsync(call), runner.Options.MaxConcurrentRequests);
        _timer = new BatchTimer(_queue, runner.Clock, runner.Options.Timeout, () => Close(RunProblem.TimedOut("batch", runner.Options.Timeout)));
        _refused = (exchange, problem) => Refuse((CallRun)exchange.Batched!, problem);
        _told = tells ? Channel.CreateUnbounded<CallRun>(new UnboundedChannelOptions { SingleReader = true }) : null;
    }

    public BatchOrigin Origin { get; }

    public BatchDialect Dialect { get; }

    public BatchBudget Budget { get; }

    public AnswerValues Values { get; }

    public CallRun[] Calls { get; }

    /// <summary>Done when every request has its answer.</summary>
    public ValueTask Ended => _ended.Task;

    /// <summary>The requests in the order in which they are answered.</summary>
    public ChannelReader<CallRun> Told => _told!.Reader;

    /// <param name="here">Whether this thread may be kept: what waits for the end must wait already.</param>
    public void Start(bool here, CancellationToken left)
    {
        foreach (var call in Calls)
        {
            foreach (var position in call.Planned.DependsOn)
            {
                (Calls[position].Dependents ??= []).Add(call);
            }

            if (call.WaitsFor == 0)
            {
                _queue.Add(call);
            }
        }

        RefuseUnmet();
        if (Calls.Length == 0)
        {
            _told?.Writer.TryComplete();
            _ended.Set(inline: false);
        }

        _hasStarted = true;
        _timer.Start(looksSoon: Calls.Length > 1);
        _left = left.UnsafeRegister(static batch => ((BatchRun)batch!).Leave(), this);
        if (here)
        {
            _queue.StartHere();
            return;
        }

        _queue.Start();
    }

    public void Dispose()
    {
        _timer.Dispose();
        _left.Dispose();
        // Nobody reads the rest: lines end here when their reader left.
        Leave();
        foreach (var call in Calls)
        {
            if (call.Response is not null)
            {
                _runner.Return(call.Exchange!);
            }
        }
    }

    async Task RunAsync(CallRun call)
    {
        var exchange = _runner.Prepare(call, this, out var problem);
        if (exchange is null)
        {
            Leave(call, problem);
        }
        else if (Begin(call, exchange))
        {
            using (StartTimer(call))
            {
                await _runner.RunAsync(exchange, Origin);
            }

            if (!Leave(call, null))
            {
                // Something else was answered; nobody else may meet what could still be cancelled.
                exchange.Dispose();
            }
        }
        else
        {
            Leave(call, null);
        }
    }

    /// <summary>Gives the place of a request that has ended to the next.</summary>
    bool Leave(CallRun call, CallProblem? problem)
    {
        bool isAnswer, isLast;
        lock (_gate)
        {
            isAnswer = SettleAll(call, problem, out isLast);
        }

        if (_queue.Ended())
        {
            _timer.LookSoon();
        }

        if (isLast)
        {
            // Nothing of the app is on this thread any more: it may as well write the answer.
            _ended.Set(inline: true);
        }

        return isAnswer;
    }

    bool Begin(CallRun call, CallExchange exchange)
    {
        lock (_gate)
        {
            if (call.IsSettled)
            {
                return false;
            }

            call.Exchange = exchange;
        }

        exchange.Begin(Origin, call, Budget, _runner.Options.MaxResponseBytes, _refused);
        return true;
    }

    /// <summary>A condition that looks at no other request is decided already.</summary>
    void RefuseUnmet()
    {
        foreach (var call in Calls)
        {
            if (call.Planned.Condition is { References: [] } condition && call.Planned.DependsOn.Length == 0 && !condition.IsMet(Values))
            {
                Settle(call, RunProblem.FailedDependency("Its condition is not met"));
            }
        }
    }

    ITimer? StartTimer(CallRun call) => _runner.Options.RequestTimeout is { } limit && limit < _runner.Options.Timeout
        ? _runner.Clock.CreateTimer(static call => ((CallRun)call!).TimeOut(), call, limit, Timeout.InfiniteTimeSpan)
        : null;

    /// <summary>Answers a request, unless it is answered already, and whatever follows from that.</summary>
    bool Settle(CallRun call, CallProblem? problem)
    {
        bool isAnswer, isLast;
        lock (_gate)
        {
            isAnswer = SettleAll(call, problem, out isLast);
        }

        if (isLast)
        {
            _ended.Set(inline: false);
        }
        else if (isAnswer && _hasStarted && _queue.Start())
        {
            _timer.LookSoon();
        }

        return isAnswer;
    }

    bool SettleAll(CallRun call, CallProblem? problem, out bool isLast)
    {
        isLast = false;
        if (!SettleOne(call, problem))
        {
            return false;
        }

        if (call.Dependents is not null)
        {
            var settled = new Queue<CallRun>([call]);
            while (settled.TryDequeue(out var next))
            {
                Release(next, settled);
            }
        }

        isLast = _open == 0;
        if (isLast)
        {
            _told?.Writer.TryComplete();
        }

        return true;
    }

    bool SettleOne(CallRun call, CallProblem? problem)
    {
        if (call.IsSettled)
        {
            return false;
        }

        call.IsSettled = true;
        call.Problem = problem;
        _open--;
        _told?.Writer.TryWrite(call);
        return true;
    }

    void Release(CallRun ended, Queue<CallRun> settled)
    {
        foreach (var dependent in ended.Dependents ?? [])
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
                _queue.Add(dependent);
            }
        }
    }

    void Refuse(CallRun call, CallProblem problem)
    {
        if (Settle(call, problem))
        {
            call.Exchange!.Lifetime.Cancel();
        }
    }

    internal void TimeOut(CallRun call) => Refuse(call, RunProblem.TimedOut("request", _runner.Options.RequestTimeout!.Value));

    void Leave()
    {
        if (Volatile.Read(ref _open) > 0)
        {
            Close(RunProblem.CallerLeft);
        }
    }

    /// <summary>Ends what runs, and what has not begun, in that order: what depended on the former fails for that reason.</summary>
    void Close(CallProblem problem)
    {
        _queue.Close();
        foreach (var call in Calls)
        {
            if (call.Exchange is not null)
            {
                Refuse(call, problem);
            }
        }

        foreach (var call in Calls)
        {
            Settle(call, problem);
        }
    }
}
