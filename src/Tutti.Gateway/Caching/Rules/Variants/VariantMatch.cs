namespace Tutti.Gateway.Caching.Rules.Variants;

/// <summary>Compares the text of a variant with a stored one, without allocating.</summary>
internal ref struct VariantMatch(ReadOnlySpan<char> stored) : IVariantSink
{
    ReadOnlySpan<char> _rest = stored;
    bool _differs;

    public readonly bool IsWhole => !_differs && _rest.IsEmpty;

    public void Put(ReadOnlySpan<char> piece)
    {
        if (_rest.StartsWith(piece))
        {
            _rest = _rest[piece.Length..];
        }
        else
        {
            _differs = true;
        }
    }
}
