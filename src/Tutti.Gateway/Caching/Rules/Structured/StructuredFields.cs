using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Rules.Structured;

/// <summary>Reads structured fields (RFC 9651) as strictly as the RFC asks: a field is right as a whole or it is not there.</summary>
internal static class StructuredFields
{
    /// <summary>The list under that name; null where there is none or it is malformed.</summary>
    public static List<StructuredMember>? List(HeaderFields fields, string name) => fields.Joined(name) is { } text ? List(text) : null;

    /// <summary>The dictionary under that name; null where there is none or it is malformed. A key that comes twice has its last value.</summary>
    public static Dictionary<string, StructuredMember>? Dictionary(HeaderFields fields, string name) =>
        fields.Joined(name) is { } text ? Dictionary(text) : null;

    public static List<StructuredMember>? List(string text)
    {
        var cursor = StructuredCursor.Of(text);
        var members = new List<StructuredMember>();
        while (!cursor.IsAtEnd)
        {
            if (!MemberReader.TryReadMember(ref cursor, out var member) || !TryReachNext(ref cursor))
            {
                return null;
            }

            members.Add(member);
        }

        return members;
    }

    public static Dictionary<string, StructuredMember>? Dictionary(string text)
    {
        var cursor = StructuredCursor.Of(text);
        var members = new Dictionary<string, StructuredMember>(StringComparer.Ordinal);
        while (!cursor.IsAtEnd)
        {
            if (!MemberReader.TryReadEntry(ref cursor, out var key, out var member) || !TryReachNext(ref cursor))
            {
                return null;
            }

            members[key] = member;
        }

        return members;
    }

    public static StructuredItem? Item(string text)
    {
        var cursor = StructuredCursor.Of(text);
        return MemberReader.TryReadItem(ref cursor, out var item) && cursor.IsAtEnd ? item : null;
    }

    /// <summary>Past the comma to the next member, which must be there, or to the end.</summary>
    static bool TryReachNext(ref StructuredCursor cursor)
    {
        cursor.SkipBlanks();
        if (cursor.IsAtEnd)
        {
            return true;
        }

        if (!cursor.TryTake(','))
        {
            return false;
        }

        cursor.SkipBlanks();
        return !cursor.IsAtEnd;
    }
}
