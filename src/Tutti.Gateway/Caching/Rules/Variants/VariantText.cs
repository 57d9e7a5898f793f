using System.Text;

namespace Tutti.Gateway.Caching.Rules.Variants;

/// <summary>Keeps the text of a variant.</summary>
internal readonly struct VariantText() : IVariantSink
{
    readonly StringBuilder _text = new();

    public void Put(ReadOnlySpan<char> piece) => _text.Append(piece);

    public override string ToString() => _text.ToString();
}
