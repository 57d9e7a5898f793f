namespace Tutti.Gateway.Caching.Rules.Fields;

/// <summary>Entity tags as they are written, and how they compare (RFC 9110, 8.8.3).</summary>
internal static class EntityTags
{
    public static bool IsWeak(ReadOnlySpan<char> tag) => tag.StartsWith("W/", StringComparison.Ordinal);

    /// <summary>The tag, weak or strong; null where the value is no tag.</summary>
    public static string? Parse(string? value) =>
        value is not null && FieldText.Trim(value) is var text && Length(text) == text.Length && !text.IsEmpty ? text.ToString() : null;

    public static bool WeakEquals(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => Opaque(one).SequenceEqual(Opaque(other));

    public static bool StrongEquals(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => !IsWeak(one) && one.SequenceEqual(other);

    /// <summary>Whether a list of tags, or <c>*</c>, names this one by weak comparison; what is no tag is skipped.</summary>
    public static bool AnyWeakEquals(ReadOnlySpan<char> list, string? tag)
    {
        if (FieldText.Trim(list) is "*")
        {
            return true;
        }

        while (!list.IsEmpty)
        {
            list = list.TrimStart(" \t,");
            var length = Length(list);
            var ends = EndOfMember(list, length);
            if (length > 0 && FieldText.Trim(list[length..ends]).IsEmpty && WeakEquals(list[..length], tag))
            {
                return true;
            }

            list = list[ends..];
        }

        return false;
    }

    static ReadOnlySpan<char> Opaque(ReadOnlySpan<char> tag) => IsWeak(tag) ? tag[2..] : tag;

    static int EndOfMember(ReadOnlySpan<char> list, int from)
    {
        var comma = list[from..].IndexOf(',');
        return comma < 0 ? list.Length : from + comma;
    }

    /// <summary>How many characters the tag at the beginning has; none where there is no tag.</summary>
    static int Length(ReadOnlySpan<char> text)
    {
        var quote = IsWeak(text) ? 2 : 0;
        if (text.Length <= quote || text[quote] != '"')
        {
            return 0;
        }

        var length = text[(quote + 1)..].IndexOf('"');
        return length >= 0 && IsOpaque(text.Slice(quote + 1, length)) ? quote + length + 2 : 0;
    }

    static bool IsOpaque(ReadOnlySpan<char> text) => !text.ContainsAnyInRange('\0', ' ') && !text.Contains('\u007f');
}
