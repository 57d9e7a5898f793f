using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tutti.Gateway.Registry;

/// <summary>Cuts a URI template into pieces and refuses what a value could turn against another host.</summary>
internal static class UriTemplateParser
{
    static readonly SearchValues<char> Unescaped = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?%[]");

    static readonly SearchValues<char> NotInNames = SearchValues.Create("${/?#\\");

    /// <summary>Fills the pieces and the origin, or returns what is wrong.</summary>
    public static string? Parse(string text, IReadOnlyList<ParamConfig> parameters, out UriPiece[] pieces, out Uri? origin)
    {
        pieces = [];
        if (CheckAuthority(text, out origin) is { } fault)
        {
            return fault;
        }

        var multiSegment = parameters.Where(param => param is { In: ParamKind.Path, MultiSegment: true }).Select(param => param.Name).ToHashSet();
        var found = new List<UriPiece>();
        var literal = new StringBuilder();
        if (PathStart(text) is var path && (path == text.Length || text[path] != '/'))
        {
            // Nobody adds the slash later: a URI that is sent as written has none in its request line either.
            text = text.Insert(path, "/");
        }

        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf("${", at, StringComparison.Ordinal);
            Escape(text.AsSpan(at, (open < 0 ? text.Length : open) - at), literal);
            if (open < 0)
            {
                break;
            }

            var close = text.IndexOf('}', open);
            var name = close < 0 ? "" : text[(open + 2)..close];
            if (name.Length == 0 || name.AsSpan().ContainsAny(NotInNames))
            {
                return $"The placeholder at character {open + 1} must be written ${{name}}";
            }

            if (literal.Length > 0)
            {
                found.Add(new UriPiece(literal.ToString()));
                literal.Clear();
            }

            found.Add(new UriPiece("", name, text.AsSpan(0, open).Contains('?'), multiSegment.Contains(name)));
            at = close + 1;
        }

        if (literal.Length > 0)
        {
            found.Add(new UriPiece(literal.ToString()));
        }

        pieces = [.. found];
        return null;
    }

    static string? CheckAuthority(string text, out Uri? origin)
    {
        origin = null;
        var start = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
            : text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : text.StartsWith(UriTemplate.ServiceScheme, StringComparison.OrdinalIgnoreCase) ? UriTemplate.ServiceScheme.Length
            : 0;
        if (start == 0)
        {
            return "The URI must begin with http://, https:// or service://";
        }

        var length = text.AsSpan(start).IndexOfAny("/?#");
        var end = length < 0 ? text.Length : start + length;
        var authority = text.AsSpan(start, end - start);
        if (authority.IndexOfAny("${}\\") >= 0)
        {
            return "Scheme, host and port must be literal: a placeholder there would let a caller choose the host";
        }

        if (authority.Contains('@'))
        {
            return "Credentials do not belong in the URI: send them with a header param";
        }

        if (text.Contains('#', StringComparison.Ordinal) || text.Contains('\\', StringComparison.Ordinal))
        {
            return "The URI must not hold '#' or '\\'";
        }

        if (text.Split('?')[0].Split('/').Any(segment => segment is "." or ".."))
        {
            return "The path must not hold '.' or '..' segments";
        }

        return Uri.TryCreate(text[..end], UriKind.Absolute, out origin) && origin.Host.Length > 0 && (origin.Port is > 0 || start == UriTemplate.ServiceScheme.Length)
            ? null
            : $"'{authority}' is no host and port";
    }

    static int PathStart(string text)
    {
        var authority = text.IndexOf("//", StringComparison.Ordinal) + 2;
        var length = text.AsSpan(authority).IndexOfAny('/', '?');
        return length < 0 ? text.Length : authority + length;
    }

    /// <summary>Escapes blanks, control and non-ASCII characters; what is escaped already stays as it is.</summary>
    static void Escape(ReadOnlySpan<char> text, StringBuilder into)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && Unescaped.Contains((char)rune.Value))
            {
                into.Append((char)rune.Value);
                continue;
            }

            var count = rune.EncodeToUtf8(utf8);
            foreach (var b in utf8[..count])
            {
                into.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }
    }
}
