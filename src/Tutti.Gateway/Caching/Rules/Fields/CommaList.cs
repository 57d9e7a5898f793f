namespace Tutti.Gateway.Caching.Rules.Fields;

/// <summary>The members of a list whose members are tokens; empty ones are skipped (RFC 9110, 5.6.1).</summary>
internal ref struct CommaList(ReadOnlySpan<char> text)
{
    ReadOnlySpan<char> _rest = text;

    public ReadOnlySpan<char> Current { get; private set; }

    public readonly CommaList GetEnumerator() => this;

    /// <summary>True where every member is a token, and there is one.</summary>
    public static bool IsOfTokens(ReadOnlySpan<char> text)
    {
        var any = false;
        foreach (var member in new CommaList(text))
        {
            if (!FieldText.IsToken(member))
            {
                return false;
            }

            any = true;
        }

        return any;
    }

    public static bool Contains(ReadOnlySpan<char> text, ReadOnlySpan<char> name)
    {
        foreach (var member in new CommaList(text))
        {
            if (member.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var comma = _rest.IndexOf(',');
            Current = FieldText.Trim(comma < 0 ? _rest : _rest[..comma]);
            _rest = comma < 0 ? default : _rest[(comma + 1)..];
            if (!Current.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }
}
