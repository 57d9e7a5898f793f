using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Rules.Directives;

/// <summary>
/// Reads the directives of one <c>Cache-Control</c> line. Every line can be read: a malformed argument is told as such,
/// and a quote that never ends hides nothing of what follows its comma.
/// </summary>
internal ref struct DirectiveReader(ReadOnlySpan<char> line)
{
    ReadOnlySpan<char> _rest = line;

    public Directive Current { get; private set; }

    public readonly DirectiveReader GetEnumerator() => this;

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOfAny(',', '=');
            var name = end < 0 ? _rest : _rest[..end];
            if (end >= 0 && _rest[end] == '=')
            {
                _rest = _rest[(end + 1)..];
                Current = WithArgument(name);
                return true;
            }

            _rest = end < 0 ? default : _rest[(end + 1)..];
            if (FieldText.Trim(name) is { IsEmpty: false } trimmed)
            {
                Current = new Directive(DirectiveNames.Of(trimmed), DirectiveArgument.None, default);
                return true;
            }
        }

        return false;
    }

    Directive WithArgument(ReadOnlySpan<char> name)
    {
        var closing = _rest.StartsWith("\"") ? ClosingQuote(_rest) : -1;
        var argument = closing < 0 ? default : _rest[1..closing];
        var behind = TakeToComma(closing < 0 ? 0 : closing + 1);
        var form = closing < 0 ? FormOf(behind) : FieldText.Trim(behind).IsEmpty ? DirectiveArgument.Quoted : DirectiveArgument.Malformed;
        var joined = !name.IsEmpty && !FieldText.IsBlank(name[^1]);
        return new Directive(
            DirectiveNames.Of(FieldText.Trim(name)), joined ? form : DirectiveArgument.Malformed, closing < 0 ? FieldText.Trim(behind) : argument);
    }

    static DirectiveArgument FormOf(ReadOnlySpan<char> text) => FieldText.IsToken(text.TrimEnd(" \t")) ? DirectiveArgument.Token : DirectiveArgument.Malformed;

    ReadOnlySpan<char> TakeToComma(int from)
    {
        var comma = _rest[from..].IndexOf(',');
        var taken = comma < 0 ? _rest[from..] : _rest.Slice(from, comma);
        _rest = comma < 0 ? default : _rest[(from + comma + 1)..];
        return taken;
    }

    static int ClosingQuote(ReadOnlySpan<char> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                return i;
            }

            i += text[i] == '\\' ? 1 : 0;
        }

        return -1;
    }
}
