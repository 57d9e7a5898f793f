using System.Buffers.Binary;
using System.Text;
using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Entries;

/// <summary>Walks a header as <see cref="HeadWriter"/> wrote it. What it did not write ends the walk, and <see cref="IsBroken"/> says so.</summary>
internal ref struct HeadReader(ReadOnlySpan<byte> head)
{
    ReadOnlySpan<byte> _rest = head;
    uint _date;
    string? _known;

    /// <summary>Whether the bytes are no header of this version.</summary>
    public bool IsBroken { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The bytes of the value in Latin-1; empty for a date.</summary>
    public ReadOnlySpan<byte> Latin1 { get; private set; }

    public bool IsDate { get; private set; }

    public readonly string Value => _known ?? (IsDate ? HttpDate.Write(DateTimeOffset.FromUnixTimeSeconds(_date)) : Encoding.Latin1.GetString(Latin1));

    /// <summary>All of it.</summary>
    /// <returns>Null for bytes that are no header.</returns>
    public static HeaderFields? ReadAll(ReadOnlySpan<byte> head)
    {
        var reader = new HeadReader(head);
        var lines = new List<HeaderField>();
        while (reader.Next())
        {
            lines.Add(new HeaderField(reader.Name, reader.Value));
        }

        return reader.IsBroken ? null : new HeaderFields([.. lines]);
    }

    public bool Next()
    {
        if (_rest.IsEmpty || IsBroken)
        {
            return false;
        }

        var number = _rest[0];
        _rest = _rest[1..];
        IsDate = (number & HeadWriter.DateMark) != 0;
        number &= HeadNames.Last;
        _known = null;
        if (!IsDate && HeadLines.IsKnown(number))
        {
            (Name, _known) = HeadLines.Of(number);
            Latin1 = HeadLines.ValueOf(number);
            return true;
        }

        if (number == HeadNames.Other)
        {
            if (!TryText(out var name) || IsDate)
            {
                return Break();
            }

            Name = Encoding.Latin1.GetString(name);
        }
        else if (HeadNames.Of(number) is { } known)
        {
            Name = known;
        }
        else
        {
            return Break();
        }

        return IsDate ? TryDate() || Break() : TryValue() || Break();
    }

    bool TryDate()
    {
        Latin1 = default;
        if (!BinaryPrimitives.TryReadUInt32BigEndian(_rest, out _date))
        {
            return false;
        }

        _rest = _rest[4..];
        return true;
    }

    bool TryValue()
    {
        var found = TryText(out var value);
        Latin1 = value;
        return found;
    }

    bool TryText(out ReadOnlySpan<byte> text)
    {
        text = default;
        var length = 0u;
        for (var shift = 0; ; shift += 7)
        {
            if (_rest.IsEmpty || shift > 28)
            {
                return false;
            }

            var part = _rest[0];
            _rest = _rest[1..];
            length |= (uint)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                break;
            }
        }

        if (length > _rest.Length)
        {
            return false;
        }

        text = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    bool Break()
    {
        IsBroken = true;
        return false;
    }
}
