namespace Tutti.Batching.Running;

/// <summary>
/// The requests that may start, and the threads that start them. One thread starts all of them in turn, which costs least; one that blocks it
/// holds up none of the others: after a moment another thread goes on.
/// </summary>
internal sealed class CallQueue(Action<CallRun> run, int most) : IThreadPoolWorkItem
{
    readonly Lock _gate = new();
    readonly Queue<CallRun> _ready = new();
    int _running;
    int _threads;
    bool _isAsked;
    bool _isClosed;

    public void Add(CallRun call)
    {
        lock (_gate)
        {
            _ready.Enqueue(call);
        }
    }

    /// <summary>Starts what was added, unless a thread is about to do so.</summary>
    /// <returns>Whether something waits for a thread that may be blocked.</returns>
    public bool Start()
    {
        lock (_gate)
        {
            if (_threads == 0)
            {
                AskForThread();
            }

            return CanStart;
        }
    }

    /// <summary>Gives the place of a request that has ended to the next.</summary>
    /// <returns>Whether something waits for a thread that may be blocked.</returns>
    public bool Ended()
    {
        lock (_gate)
        {
            _running--;
            return Start();
        }
    }

    /// <summary>Asks for one more thread if those that there are have not started everything by now.</summary>
    /// <returns>Whether to ask again in a moment.</returns>
    public bool Help()
    {
        lock (_gate)
        {
            AskForThread();
            return CanStart;
        }
    }

    /// <summary>Starts nothing any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }

    /// <summary>Starts what was added on this very thread, in a flow of its own.</summary>
    public void StartHere()
    {
        lock (_gate)
        {
            _threads++;
        }

        FreshFlow.Run(static queue => ((CallQueue)queue!).StartAll(), this);
    }

    public void Execute()
    {
        lock (_gate)
        {
            _isAsked = false;
        }

        StartAll();
    }

    void StartAll()
    {
        while (Next() is { } call)
        {
            run(call);
        }
    }

    bool CanStart => _ready.Count > 0 && _running < most && !_isClosed;

    CallRun? Next()
    {
        lock (_gate)
        {
            while (CanStart)
            {
                var call = _ready.Dequeue();
                if (!call.IsSettled)
                {
                    _running++;
                    return call;
                }
            }

            _threads--;
            return null;
        }
    }

    void AskForThread()
    {
        if (!_isAsked && CanStart)
        {
            _isAsked = true;
            _threads++;
            // Queued without the flow of the batch: each request has one of its own, as on a connection.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }
    }
}
