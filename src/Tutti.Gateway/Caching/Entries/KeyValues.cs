using System.Text;

namespace Tutti.Gateway.Caching.Entries;

/// <summary>Walks the values that an <see cref="AnswerKey"/> holds, with the index of the param that each is of.</summary>
internal ref struct KeyValues(ReadOnlySpan<byte> key)
{
    ReadOnlySpan<byte> _rest = key;
    int _left;

    public int Param { get; private set; } = -1;

    public string Value { get; private set; } = "";

    public bool Next()
    {
        while (_left == 0)
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            Param++;
            _left = Number();
        }

        _left--;
        var length = Number();
        Value = Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[length..];
        return true;
    }

    int Number()
    {
        var number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = _rest[0];
            _rest = _rest[1..];
            number |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }
    }
}
