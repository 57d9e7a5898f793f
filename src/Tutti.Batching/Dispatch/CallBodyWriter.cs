using System.IO.Pipelines;

namespace Tutti.Batching.Dispatch;

/// <summary>
/// Takes the body of one call's response into memory. What is too much, or is not wanted any more, goes nowhere; what is written after the
/// end is a mistake of the app, and never reaches the answer of another call.
/// </summary>
internal sealed class CallBodyWriter(CallExchange exchange) : PipeWriter, IDisposable
{
    readonly PooledBuffer _buffer = new();
    int _flushed;
    bool _isClosed;
    bool _hasEnded;

    public ReadOnlyMemory<byte> Written => _buffer.Written;

    /// <summary>Whether what is written from now on is dropped.</summary>
    public bool Drops { get; set; }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _buffer.Length - _flushed;

    public override void Advance(int bytes)
    {
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        if (Drops)
        {
            return;
        }

        _buffer.Advance(bytes);
        if (bytes > 0 && !exchange.Takes(bytes, _buffer.Length))
        {
            Drop();
        }
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        return _buffer.GetMemory(sizeHint);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        return exchange.Response.HasStarted ? ValueTask.FromResult(Flush()) : StartAndFlushAsync(cancellationToken);
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        source.Span.CopyTo(GetSpan(Math.Max(source.Length, 1)));
        Advance(source.Length);
        return FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null) => _isClosed = true;

    /// <summary>Forgets what was written, and all that follows.</summary>
    public void Drop()
    {
        Drops = true;
        _buffer.Clear();
        _flushed = 0;
    }

    /// <summary>Takes nothing any more.</summary>
    public void End() => _hasEnded = true;

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => _buffer.Dispose();

    async ValueTask<FlushResult> StartAndFlushAsync(CancellationToken ct)
    {
        await exchange.Response.StartAsync(ct);
        return Flush();
    }

    FlushResult Flush()
    {
        _flushed = _buffer.Length;
        return new FlushResult(isCanceled: false, isCompleted: _isClosed || exchange.IsRefused);
    }
}
