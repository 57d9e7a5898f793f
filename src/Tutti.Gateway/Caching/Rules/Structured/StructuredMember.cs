namespace Tutti.Gateway.Caching.Rules.Structured;

/// <summary>A member of a list or dictionary: an item, or an inner list whose parameters the item then carries.</summary>
internal readonly record struct StructuredMember(StructuredItem Item, StructuredItem[]? InnerList = null)
{
    public bool IsItem => InnerList is null;
}
