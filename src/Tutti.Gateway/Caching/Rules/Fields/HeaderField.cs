namespace Tutti.Gateway.Caching.Rules.Fields;

/// <summary>One line of a message's header.</summary>
internal readonly record struct HeaderField(string Name, string Value)
{
    public bool Is(ReadOnlySpan<char> name) => Name.AsSpan().Equals(name, StringComparison.OrdinalIgnoreCase);
}
