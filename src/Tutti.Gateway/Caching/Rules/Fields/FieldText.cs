using System.Buffers;

namespace Tutti.Gateway.Caching.Rules.Fields;

/// <summary>The characters that field values are made of (RFC 9110, 5.6).</summary>
internal static class FieldText
{
    static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenCharacters);

    public static bool IsBlank(char c) => c is ' ' or '\t';

    /// <summary>Without the optional whitespace around it.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => text.Trim(" \t");
}
