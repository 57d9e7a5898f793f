using System.Buffers;
using System.Text;

namespace Tutti.Gateway.Calls;

/// <summary>A body as UTF-8 text: in a rented array, which goes back when the answer is written, or in memory that others keep.</summary>
internal sealed class TextBody : IDisposable
{
    readonly ReadOnlyMemory<byte> _kept;
    byte[]? _rented;
    readonly int _length;

    TextBody(byte[] rented, int length)
    {
        _rented = rented;
        _length = length;
    }

    TextBody(ReadOnlyMemory<byte> kept)
    {
        _kept = kept;
        _length = kept.Length;
    }

    public ReadOnlySpan<byte> Utf8 => _rented is { } bytes ? bytes.AsSpan(0, _length)
        : _kept.Length == _length ? _kept.Span
        : throw new ObjectDisposedException(nameof(TextBody));

    public int Length => _length;

    /// <summary>Shows text that others keep.</summary>
    public static TextBody Over(ReadOnlyMemory<byte> utf8) => new(utf8);

    /// <summary>Takes a rented array over.</summary>
    public static TextBody Own(byte[] rented, int length) => new(rented, length);

    public static TextBody Of(string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        return new TextBody(bytes, Encoding.UTF8.GetBytes(text, bytes));
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is { } bytes)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
