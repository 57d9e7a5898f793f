namespace Tutti.Batching.Dispatch;

/// <summary>The body of a call's request: bytes that are there already, within the limit that the endpoint sets.</summary>
internal sealed class CallRequestBody(CallRequest request, ReadOnlyMemory<byte> bytes) : Stream
{
    int _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        request.Read(bytes.Length);
        var count = Math.Min(buffer.Length, bytes.Length - _read);
        bytes.Span.Slice(_read, count).CopyTo(buffer);
        _read += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : ReadNow(buffer);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    ValueTask<int> ReadNow(Memory<byte> buffer)
    {
        try
        {
            return ValueTask.FromResult(Read(buffer.Span));
        }
        catch (BadHttpRequestException e)
        {
            return ValueTask.FromException<int>(e);
        }
    }
}
