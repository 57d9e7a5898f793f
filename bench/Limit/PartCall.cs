using System.Buffers;

namespace Tutti.Bench.Limit;

/// <summary>One part of an aggregate: what was asked for, then what came back.</summary>
sealed class PartCall(string partId, string id, string item)
{
    byte[]? _buffer;
    int _length;

    public string PartId => partId;

    public string Id => id;

    public string Item => item;

    /// <summary>The backend's status; 0 when it gave none.</summary>
    public int StatusCode { get; set; }

    public string? ContentType { get; set; }

    public string? Error { get; set; }

    /// <summary>The body as the JSON string that is written, where it comes from the dictionary.</summary>
    public byte[]? Kept { get; set; }

    public ReadOnlySpan<byte> Contents => _buffer.AsSpan(0, _length);

    public async ValueTask ReadAsync(Stream body, long? expected, CancellationToken ct)
    {
        _buffer = ArrayPool<byte>.Shared.Rent((int)(expected ?? 4096));
        while (_length != expected)
        {
            if (_length == _buffer.Length)
            {
                Grow();
            }

            var read = await body.ReadAsync(_buffer.AsMemory(_length), ct);
            if (read == 0)
            {
                break;
            }

            _length += read;
        }
    }

    public void Release()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            _length = 0;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer!.Length * 2);
        Contents.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
