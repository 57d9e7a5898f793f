using System.Buffers;
using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Rules.Variants;

/// <summary>
/// Writes the values of the request fields that choose a variant: lines joined, blanks around commas and empty members left out.
/// Absent is not the same as empty, and no value can end its field.
/// </summary>
internal static class SelectingFields
{
    const string Absent = "-\n";

    static readonly SearchValues<char> Breaking = SearchValues.Create("\\\n");

    /// <summary>Fields whose commas separate nothing: their values are compared as they are.</summary>
    static readonly string[] Singletons = ["authorization", "cookie", "from", "host", "origin", "referer", "user-agent"];

    public static void Write<TSink>(string vary, HeaderFields request, ref TSink sink)
        where TSink : struct, IVariantSink, allows ref struct
    {
        foreach (var name in new CommaList(vary))
        {
            WriteField(name, request, ref sink);
        }
    }

    static void WriteField<TSink>(ReadOnlySpan<char> name, HeaderFields request, ref TSink sink)
        where TSink : struct, IVariantSink, allows ref struct
    {
        var (isThere, isFirst, isSingleton) = (false, true, IsSingleton(name));
        foreach (var line in request.Lines)
        {
            if (!line.Is(name))
            {
                continue;
            }

            sink.Put(isThere ? "" : "+");
            isThere = true;
            if (isSingleton)
            {
                WriteMember(FieldText.Trim(line.Value), ref isFirst, ref sink);
            }
            else
            {
                WriteMembers(line.Value, ref isFirst, ref sink);
            }
        }

        sink.Put(isThere ? "\n" : Absent);
    }

    static void WriteMembers<TSink>(ReadOnlySpan<char> rest, ref bool isFirst, ref TSink sink)
        where TSink : struct, IVariantSink, allows ref struct
    {
        while (!rest.IsEmpty)
        {
            var end = EndOfMember(rest);
            if (FieldText.Trim(rest[..end]) is { IsEmpty: false } member)
            {
                WriteMember(member, ref isFirst, ref sink);
            }

            rest = end == rest.Length ? default : rest[(end + 1)..];
        }
    }

    static void WriteMember<TSink>(ReadOnlySpan<char> member, ref bool isFirst, ref TSink sink)
        where TSink : struct, IVariantSink, allows ref struct
    {
        sink.Put(isFirst ? "" : ",");
        isFirst = false;
        while (member.IndexOfAny(Breaking) is >= 0 and var breaking)
        {
            sink.Put(member[..breaking]);
            sink.Put(member[breaking] == '\n' ? "\\n" : "\\\\");
            member = member[(breaking + 1)..];
        }

        sink.Put(member);
    }

    /// <summary>The comma that ends the member; one inside a quoted string does not.</summary>
    static int EndOfMember(ReadOnlySpan<char> text)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case '\\' when isQuoted:
                    i++;
                    break;
                case ',' when !isQuoted:
                    return i;
                default:
                    break;
            }
        }

        return text.Length;
    }

    static bool IsSingleton(ReadOnlySpan<char> name)
    {
        foreach (var singleton in Singletons)
        {
            if (name.SequenceEqual(singleton))
            {
                return true;
            }
        }

        return false;
    }
}
