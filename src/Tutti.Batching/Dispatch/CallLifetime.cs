using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Features;

namespace Tutti.Batching.Dispatch;

/// <summary>The life of one call: its own cancellation, which neither ends the batch nor the calls beside it, and its own identifier.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A token may be held longer than its call; a source without a timer needs no disposal")]
internal sealed class CallLifetime(Action aborted) : IHttpRequestLifetimeFeature, IHttpRequestIdentifierFeature
{
    readonly Lock _gate = new();
    CancellationTokenSource? _source;
    CancellationToken? _replaced;
    string? _identifier;
    string _batch = "";
    int _index;
    bool _isCancelled;

    public CancellationToken RequestAborted
    {
        get => _replaced ?? Token();
        set => _replaced = value;
    }

    public string TraceIdentifier
    {
        get => _identifier ??= $"{_batch}:{_index}";
        set => _identifier = value;
    }

    public void Begin(string batch, int index)
    {
        _batch = batch;
        _index = index;
    }

    public void Abort()
    {
        Cancel();
        aborted();
    }

    public void Cancel()
    {
        lock (_gate)
        {
            _isCancelled = true;
        }

        // Callbacks of the app run here: they must neither hold up nor break what cancels.
        _source?.CancelAsync();
    }

    public void Reset()
    {
        _source = null;
        _replaced = null;
        _identifier = null;
        _isCancelled = false;
    }

    CancellationToken Token()
    {
        lock (_gate)
        {
            if (_source is null)
            {
                _source = new CancellationTokenSource();
                if (_isCancelled)
                {
                    _source.Cancel();
                }
            }

            return _source.Token;
        }
    }
}
