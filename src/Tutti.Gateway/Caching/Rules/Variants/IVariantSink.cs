namespace Tutti.Gateway.Caching.Rules.Variants;

/// <summary>Takes the text of a variant piece by piece: to keep it, or to compare it.</summary>
internal interface IVariantSink
{
    void Put(ReadOnlySpan<char> piece);
}
