using System.Threading.Channels;
using Tutti.Batching.Dispatch;
using Tutti.Batching.Reading;
using Tutti.Batching.References;

namespace Tutti.Batching.Running;

/// <summary>A batch on its way: what may start is started, what waits is released, and each answer is told when it is known.</summary>
internal sealed class BatchRun : IDisposable
{
    readonly BatchRunner _runner;
    readonly CallQueue _queue;
    readonly OpenCalls _open;
    readonly BatchTimer _timer;
    readonly Channel<CallRun>? _told;
    readonly BatchEnd _ended = new();
    readonly Action<CallExchange, CallProblem> _refused;
    CancellationTokenRegistration _left;
    bool _hasStarted;

    /// <param name="tells">Whether answers are read one by one.</param>
    public BatchRun(BatchRunner runner, BatchPlan plan, BatchOrigin origin, BatchDialect dialect, bool tells)
    {
        _runner = runner;
        var options = runner.Options;
        Origin = origin;
        Dialect = dialect;
        Budget = new BatchBudget(options.MaxTotalResponseBytes);
        Calls = [.. plan.Calls.Select((planned, index) => new CallRun(this, planned, index))];
        Values = new AnswerValues(Calls, options);
        Filling = new Filling(Values, options.MaxUrlLength, options.MaxRequestBytes);
        _told = tells ? Channel.CreateUnbounded<CallRun>(new UnboundedChannelOptions { SingleReader = true }) : null;
        _queue = new CallQueue(call => _ = RunAsync(call), options.MaxConcurrentRequests);
        _open = new OpenCalls(Calls, _queue.Add, _told?.Writer);
        _timer = new BatchTimer(_queue, runner.Clock, options.Timeout, () => Close(RunProblem.TimedOut("batch", options.Timeout)));
        _refused = (exchange, problem) => Refuse((CallRun)exchange.Batched!, problem);
    }

    public BatchOrigin Origin { get; }

    public BatchDialect Dialect { get; }

    public BatchBudget Budget { get; }

    public AnswerValues Values { get; }

    public Filling Filling { get; }

    public CallRun[] Calls { get; }

    /// <summary>Done when every request has its answer.</summary>
    public ValueTask Ended => _ended.Task;

    /// <summary>The requests in the order in which they are answered.</summary>
    public ChannelReader<CallRun> Told => _told!.Reader;

    /// <param name="here">Whether this thread may be kept: what waits for the end must wait already.</param>
    public void Start(bool here, CancellationToken left)
    {
        _open.Start();
        RefuseUnmet();
        if (Calls.Length == 0)
        {
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

    /// <summary>Nobody waits for this task: what is thrown here would be lost, and with it the place of the request.</summary>
    async Task RunAsync(CallRun call)
    {
        try
        {
            await RunOneAsync(call);
        }
        catch (Exception e)
        {
            _runner.Log.CallLost(e, call.Id);
            End(call, RunProblem.Failed);
        }
    }

    async Task RunOneAsync(CallRun call)
    {
        var exchange = _runner.Prepare(call, this, out var problem);
        if (exchange is null || !_open.Begin(call, exchange))
        {
            End(call, problem);
            return;
        }

        exchange.Begin(Origin, call, Budget, _runner.Options.MaxResponseBytes, _refused);
        using (StartTimer(call))
        {
            await _runner.RunAsync(exchange, Origin);
        }

        if (!End(call, null))
        {
            // Something else was answered; nobody else may meet what could still be cancelled.
            exchange.Dispose();
        }
    }

    ITimer? StartTimer(CallRun call) => _runner.Options.RequestTimeout is { } limit && limit < _runner.Options.Timeout
        ? _runner.Clock.CreateTimer(static call => ((CallRun)call!).TimeOut(), call, limit, Timeout.InfiniteTimeSpan)
        : null;

    /// <summary>Answers a request that no longer runs, and gives its place to the next.</summary>
    bool End(CallRun call, CallProblem? problem)
    {
        var isAnswer = _open.Settle(call, problem, out var isLast);
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

    /// <summary>Answers a request that may be running still.</summary>
    bool Settle(CallRun call, CallProblem problem)
    {
        var isAnswer = _open.Settle(call, problem, out var isLast);
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
        if (_open.Any)
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
