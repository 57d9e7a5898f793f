using System.Threading.Channels;
using Tutti.Batching.Dispatch;
using Tutti.Batching.Reading;
using Tutti.Batching.References;

namespace Tutti.Batching.Running;

/// <summary>A batch on its way: what may start is started, what waits is released, and each answer is told when it is known.</summary>
internal sealed class BatchRun : IThreadPoolWorkItem, IDisposable
{
    readonly Lock _gate = new();
    readonly BatchRunner _runner;
    readonly Queue<CallRun> _ready = new();
    readonly Channel<CallRun>? _told;
    readonly BatchEnd _ended = new();
    readonly Action<CallExchange, CallProblem> _refused;
    CancellationTokenRegistration _left;
    ITimer? _deadline;
    int _open;
    int _running;
    bool _isQueued;

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

    public void Start(CancellationToken left)
    {
        foreach (var call in Calls)
        {
            foreach (var position in call.Planned.DependsOn)
            {
                (Calls[position].Dependents ??= []).Add(call);
            }

            if (call.WaitsFor == 0)
            {
                _ready.Enqueue(call);
            }
        }

        RefuseUnmet();
        if (Calls.Length == 0)
        {
            _told?.Writer.TryComplete();
            _ended.Set(inline: false);
        }

        _deadline = _runner.Clock.CreateTimer(static batch => ((BatchRun)batch!).TimeOut(), this, _runner.Options.Timeout, Timeout.InfiniteTimeSpan);
        _left = left.UnsafeRegister(static batch => ((BatchRun)batch!).Leave(), this);
        lock (_gate)
        {
            AskForThread();
        }
    }

    /// <summary>
    /// Runs what may run. One that blocks its thread holds up none of the others: before each, another thread is asked for, which goes on.
    /// </summary>
    public void Execute()
    {
        lock (_gate)
        {
            _isQueued = false;
        }

        while (Next() is { } call)
        {
            _ = RunAsync(call);
        }
    }

    public void Dispose()
    {
        _deadline?.Dispose();
        _left.Dispose();
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
            _running--;
            isAnswer = Settle(call, problem, out isLast);
            AskForThread();
        }

        if (isLast)
        {
            // Nothing of the app is on this thread any more: it may as well write the answer.
            _ended.Set(inline: true);
        }

        return isAnswer;
    }

    CallRun? Next()
    {
        lock (_gate)
        {
            while (_running < _runner.Options.MaxConcurrentRequests && _ready.TryDequeue(out var call))
            {
                if (!call.IsSettled)
                {
                    _running++;
                    AskForThread();
                    return call;
                }
            }

            return null;
        }
    }

    void AskForThread()
    {
        if (!_isQueued && _ready.Count > 0 && _running < _runner.Options.MaxConcurrentRequests)
        {
            _isQueued = true;
            // Queued without the flow of the batch: each request has one of its own, as on a connection.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }
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
                Settle(call, Failed("Its condition is not met"));
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
            isAnswer = Settle(call, problem, out isLast);
            AskForThread();
        }

        if (isLast)
        {
            _ended.Set(inline: false);
        }

        return isAnswer;
    }

    bool Settle(CallRun call, CallProblem? problem, out bool isLast)
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
            if (ReasonAgainst(dependent, ended) is { } problem)
            {
                if (SettleOne(dependent, problem))
                {
                    settled.Enqueue(dependent);
                }
            }
            else if (dependent.WaitsFor == 0)
            {
                _ready.Enqueue(dependent);
            }
        }
    }

    /// <summary>A condition stands in place of the usual one, that all have succeeded (OData JSON Format 4.01, 19.1).</summary>
    CallProblem? ReasonAgainst(CallRun dependent, CallRun ended) => dependent.Planned.Condition is { } condition
        ? dependent.WaitsFor > 0 || condition.IsMet(Values) ? null : Failed("Its condition is not met")
        : ended.IsSuccess ? null : Failed($"'{ended.Id}' ended with {ended.Status}");

    void Refuse(CallRun call, CallProblem problem)
    {
        if (Settle(call, problem))
        {
            call.Exchange!.Lifetime.Cancel();
        }
    }

    internal void TimeOut(CallRun call) =>
        Refuse(call, new CallProblem(StatusCodes.Status504GatewayTimeout, "Timed out", $"The request had not ended after {_runner.Options.RequestTimeout!.Value.TotalMilliseconds:0} ms"));

    void TimeOut() => Close(new CallProblem(StatusCodes.Status504GatewayTimeout, "Timed out", $"The batch had not ended after {_runner.Options.Timeout.TotalMilliseconds:0} ms"));

    void Leave() => Close(new CallProblem(StatusCodes.Status499ClientClosedRequest, "Caller left", "The caller of the batch left"));

    /// <summary>Ends what runs, and what has not begun, in that order: what depended on the former fails for that reason.</summary>
    void Close(CallProblem problem)
    {
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

    static CallProblem Failed(string why) => new(StatusCodes.Status424FailedDependency, "Failed dependency", why);
}
