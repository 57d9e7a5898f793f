namespace Tutti.Gateway.Caching.Rules.Structured;

/// <summary>A place in the text of a structured field.</summary>
internal ref struct StructuredCursor(ReadOnlySpan<char> text)
{
    ReadOnlySpan<char> _rest = text;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>The next character; NUL, which no field may hold, at the end.</summary>
    public readonly char Next => _rest.IsEmpty ? '\0' : _rest[0];

    /// <summary>The text without the spaces around it; tabs are not trimmed (RFC 9651, 4.2).</summary>
    public static StructuredCursor Of(string text) => new(text.AsSpan().Trim(' '));

    public bool TryTake(char c)
    {
        if (Next != c || IsAtEnd)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    public char Take()
    {
        var taken = _rest[0];
        _rest = _rest[1..];
        return taken;
    }

    public ReadOnlySpan<char> Take(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    /// <summary>Takes up to, not including, the character; nothing where it does not come.</summary>
    public ReadOnlySpan<char> TakeTo(char c) => _rest.IndexOf(c) is > 0 and var length ? Take(length) : default;

    public ReadOnlySpan<char> TakeWhile(System.Buffers.SearchValues<char> characters) =>
        Take(_rest.IndexOfAnyExcept(characters) is >= 0 and var length ? length : _rest.Length);

    public void SkipSpaces() => _rest = _rest.TrimStart(' ');

    public void SkipBlanks() => _rest = _rest.TrimStart(" \t");
}
