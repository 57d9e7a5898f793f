using System.Buffers;
using System.Text;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Caching.Entries;

/// <summary>
/// What tells the answers of one part apart: the values of all its registered params, in order. Lengths stand before values, so that no
/// value can look like two.
/// </summary>
internal ref struct AnswerKey
{
    byte[]? _rented;
    Span<byte> _bytes;
    int _length;

    /// <param name="room">Where the key is written while it fits.</param>
    public AnswerKey(Span<byte> room) => _bytes = room;

    public readonly ReadOnlySpan<byte> Bytes => _bytes[.._length];

    /// <summary>The key as a text: each byte as a character.</summary>
    public static string NameOf(PartModel part, ParamValues values)
    {
        var key = new AnswerKey(stackalloc byte[256]);
        key.Write(part, values);
        var name = Encoding.Latin1.GetString(key.Bytes);
        key.Dispose();
        return name;
    }

    /// <summary>Writes the values that a request has for the params of a part.</summary>
    public void Write(PartModel part, ParamValues values)
    {
        foreach (var param in part.Params)
        {
            var count = 0;
            foreach (var _ in values.Of(param))
            {
                count++;
            }

            Number(count);
            foreach (var value in values.Of(param))
            {
                Text(value);
            }
        }
    }

    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number(length);
        Reserve(length);
        _length += Encoding.UTF8.GetBytes(value, _bytes[_length..]);
    }

    void Number(int number)
    {
        Reserve(5);
        for (; number >= 0x80; number >>= 7)
        {
            _bytes[_length++] = (byte)(number | 0x80);
        }

        _bytes[_length++] = (byte)number;
    }

    void Reserve(int more)
    {
        if (_length + more <= _bytes.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + more));
        _bytes[.._length].CopyTo(larger);
        Dispose();
        _rented = larger;
        _bytes = larger;
    }
}
