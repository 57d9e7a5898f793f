using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tutti.Gateway.Aggregation.Wire;

/// <summary>
/// Holds an answer in one piece while it is written as JSON. So its length is known before it goes out, nothing is cut into chunks, and
/// the names of its fields, which are most of what stands around the bodies, are copied as they stand in the code.
/// </summary>
internal sealed class AnswerBuffer(int capacity) : IDisposable
{
    /// <summary>What the server takes over at a time: it keeps a copy of what it was given until that has been sent.</summary>
    const int Slice = 64 * 1024;

    /// <summary>How many bytes of a text are escaped at a time; the room for the worst case is six times that.</summary>
    const int Step = 1024;

    /// <summary>A UTF-16 unit takes at most three bytes of UTF-8.</summary>
    const int MostPerUnit = 3;

    static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (byte)code), (byte)'"', (byte)'\\']);

    byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity + JsonText.MaxLength(Step));
    int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Appends JSON as it stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Json(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Room(json.Length));
        _length += json.Length;
    }

    public void Json(bool value) => Json(value ? "true"u8 : "false"u8);

    public void Json(long number)
    {
        Utf8Formatter.TryFormat(number, Room(20), out var written);
        _length += written;
    }

    /// <summary>Appends a JSON string.</summary>
    public void Text(string text)
    {
        var room = Room((text.Length * MostPerUnit) + 2);
        var count = Encoding.UTF8.GetBytes(text, room[1..]);
        if (room.Slice(1, count).ContainsAny(Escaped))
        {
            Text([.. room.Slice(1, count)]);
            return;
        }

        room[0] = (byte)'"';
        room[count + 1] = (byte)'"';
        _length += count + 2;
    }

    /// <summary>Appends a JSON string.</summary>
    /// <param name="utf8">Valid UTF-8.</param>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        Json("\""u8);
        for (; utf8.Length > Step; utf8 = utf8[Step..])
        {
            _length += JsonText.Escape(utf8[..Step], Room(JsonText.MaxLength(Step)));
        }

        _length += JsonText.Escape(utf8, Room(JsonText.MaxLength(utf8.Length)));
        Json("\""u8);
    }

    /// <summary>Sends what was written as the whole body.</summary>
    public async ValueTask SendAsync(HttpResponse response, CancellationToken ct)
    {
        response.ContentLength = _length;
        for (var sent = 0; sent < _length; sent += Slice)
        {
            await response.BodyWriter.WriteAsync(_bytes.AsMemory(sent, Math.Min(Slice, _length - sent)), ct);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _length < bytes)
        {
            Grow(bytes);
        }

        return _bytes.AsSpan(_length);
    }

    void Grow(int more)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max((long)_length + more, _length * 2L)));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
