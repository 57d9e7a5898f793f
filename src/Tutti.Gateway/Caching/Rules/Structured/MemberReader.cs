using System.Buffers;

namespace Tutti.Gateway.Caching.Rules.Structured;

/// <summary>Reads members, inner lists, items, keys and parameters (RFC 9651, 4.2.1 to 4.2.3).</summary>
internal static class MemberReader
{
    static readonly SearchValues<char> KeyCharacters = SearchValues.Create("_-.*0123456789abcdefghijklmnopqrstuvwxyz");

    public static bool TryReadMember(ref StructuredCursor cursor, out StructuredMember member)
    {
        if (cursor.TryTake('('))
        {
            return TryReadInnerList(ref cursor, out member);
        }

        var read = TryReadItem(ref cursor, out var item);
        member = new StructuredMember(item);
        return read;
    }

    public static bool TryReadEntry(ref StructuredCursor cursor, out string key, out StructuredMember member)
    {
        member = default;
        if (!TryReadKey(ref cursor, out key))
        {
            return false;
        }

        if (cursor.TryTake('='))
        {
            return TryReadMember(ref cursor, out member);
        }

        var read = TryReadParameters(ref cursor, out var parameters);
        member = new StructuredMember(new StructuredItem(BareItem.True, parameters));
        return read;
    }

    public static bool TryReadItem(ref StructuredCursor cursor, out StructuredItem item)
    {
        Dictionary<string, BareItem>? parameters = null;
        var read = BareItemReader.TryRead(ref cursor, out var value) && TryReadParameters(ref cursor, out parameters);
        item = new StructuredItem(value, parameters);
        return read;
    }

    static bool TryReadInnerList(ref StructuredCursor cursor, out StructuredMember member)
    {
        member = default;
        var items = new List<StructuredItem>();
        cursor.SkipSpaces();
        while (!cursor.TryTake(')'))
        {
            if (!TryReadItem(ref cursor, out var item) || cursor.Next is not (' ' or ')'))
            {
                return false;
            }

            items.Add(item);
            cursor.SkipSpaces();
        }

        var read = TryReadParameters(ref cursor, out var parameters);
        member = new StructuredMember(new StructuredItem(BareItem.True, parameters), [.. items]);
        return read;
    }

    static bool TryReadParameters(ref StructuredCursor cursor, out Dictionary<string, BareItem>? parameters)
    {
        parameters = null;
        while (cursor.TryTake(';'))
        {
            cursor.SkipSpaces();
            if (!TryReadKey(ref cursor, out var key))
            {
                return false;
            }

            var value = BareItem.True;
            if (cursor.TryTake('=') && !BareItemReader.TryRead(ref cursor, out value))
            {
                return false;
            }

            (parameters ??= new Dictionary<string, BareItem>(StringComparer.Ordinal))[key] = value;
        }

        return true;
    }

    static bool TryReadKey(ref StructuredCursor cursor, out string key)
    {
        var begins = cursor.Next is (>= 'a' and <= 'z') or '*';
        key = begins ? cursor.TakeWhile(KeyCharacters).ToString() : "";
        return begins;
    }
}
