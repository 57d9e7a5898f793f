using System.IO.Pipelines;

namespace Tutti.Batching.Dispatch;

/// <summary>Takes the body of a call's response into memory. What is too much, or is not wanted any more, goes nowhere.</summary>
internal sealed class CallBodyWriter(CallExchange exchange) : PipeWriter, IDisposable
{
    readonly PooledBuffer _buffer = new();
    int _flushed;
    bool _isClosed;

    public ReadOnlyMemory<byte> Written => _buffer.Written;

    /// <summary>Whether what is written from now on is dropped.</summary>
    public bool Drops { get; set; }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _buffer.Length - _flushed;

    public override void Advance(int bytes)
    {
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

    public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _buffer.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        exchange.Response.HasStarted ? ValueTask.FromResult(Flush()) : StartAndFlushAsync(cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        source.Span.CopyTo(_buffer.GetSpan(Math.Max(source.Length, 1)));
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

    public void Reset()
    {
        _buffer.Clear();
        _flushed = 0;
        Drops = false;
        _isClosed = false;
    }

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
