namespace Tutti.Gateway.ProxyCache.Fetching;

/// <summary>Follows a body that grows, and goes on behind it where it was too large to be stored.</summary>
internal sealed class FollowedStream(BodyPump pump) : Stream
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

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var more = await pump.Body.ReadAsync(_read, cancellationToken);
        if (!more.IsEmpty)
        {
            var count = Math.Min(more.Length, buffer.Length);
            more[..count].CopyTo(buffer);
            _read += count;
            return count;
        }

        return pump.Trouble is { } trouble ? throw new IOException("The service broke off its answer", trouble)
            : pump.Rest is { } rest ? await rest.ReadAsync(buffer, cancellationToken)
            : 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
