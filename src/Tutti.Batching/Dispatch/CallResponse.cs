using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Tutti.Batching.Dispatch;

/// <summary>The response of one call, as a server would have sent it: it starts once, and what is fixed from then on is fixed here too.</summary>
internal sealed class CallResponse(CallExchange exchange) : IHttpResponseFeature, IHttpResponseBodyFeature
{
    readonly HeaderDictionary _headers = [];
    readonly Stack<(Func<object, Task> Callback, object State)> _starting = new();
    readonly Stack<(Func<object, Task> Callback, object State)> _completed = new();
    Stream? _stream;
    int _status = StatusCodes.Status200OK;
    string? _reason;

    public CallBodyWriter Written { get; private set; } = new(exchange);

    public bool HasStarted { get; private set; }

    public int StatusCode
    {
        get => _status;
        set => _status = HasStarted ? throw Started("StatusCode") : value;
    }

    public string? ReasonPhrase
    {
        get => _reason;
        set => _reason = HasStarted ? throw Started("ReasonPhrase") : value;
    }

    public IHeaderDictionary Headers { get; set; } = null!;

    /// <summary>The stream that is written; kept for what still uses the old feature.</summary>
    public Stream Body
    {
        get => Stream;
        set => _stream = value;
    }

    public Stream Stream => _stream ??= Written.AsStream(leaveOpen: true);

    public PipeWriter Writer => Written;

    public void OnStarting(Func<object, Task> callback, object state) => _starting.Push(HasStarted ? throw Started("OnStarting") : (callback, state));

    public void OnCompleted(Func<object, Task> callback, object state) => _completed.Push((callback, state));

    public void DisableBuffering()
    {
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => HasStarted ? Task.CompletedTask : StartNowAsync();

    public async Task CompleteAsync()
    {
        await StartAsync();
        await Written.CompleteAsync();
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    public void Begin()
    {
        Headers = _headers;
        Written.Drops = HttpMethods.IsHead(exchange.Request.Method);
    }

    /// <summary>Runs what the app wants to be run when the response has ended, its scope among it, however the others end.</summary>
    public async ValueTask RunCompletedAsync(ILogger log)
    {
        while (_completed.TryPop(out var completed))
        {
            try
            {
                await completed.Callback(completed.State);
            }
            catch (Exception e)
            {
                log.CompletionFailed(e, exchange.Request.Path);
            }
        }
    }

    public void Reset()
    {
        _headers.IsReadOnly = false;
        _headers.Clear();
        _starting.Clear();
        _completed.Clear();
        _stream = null;
        _status = StatusCodes.Status200OK;
        _reason = null;
        HasStarted = false;
        Written = new CallBodyWriter(exchange);
    }

    async Task StartNowAsync()
    {
        while (_starting.TryPop(out var starting))
        {
            await starting.Callback(starting.State);
        }

        HasStarted = true;
        _headers.IsReadOnly = true;
        exchange.Started();
    }

    static InvalidOperationException Started(string what) => new($"{what} cannot be set: the response has started");
}
