using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Tutti.Gateway.Registry;

/// <summary>
/// A backend's URI with placeholders, compiled. Scheme, host and port are literal, and a value stays within its path segment or
/// its query argument.
/// </summary>
internal sealed class UriTemplate
{
    /// <summary>The longest URI that is sent, in characters; common servers refuse longer ones.</summary>
    public const int MaxLength = 8_000;

    /// <summary>What the URI of a part begins with that names a service instead of a host.</summary>
    public const string ServiceScheme = "service://";

    static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    readonly UriPiece[] _pieces;
    readonly Uri? _fixed;
    readonly bool _hasQuery;

    UriTemplate(Uri origin, UriPiece[] pieces, bool hasQuery)
    {
        Origin = origin;
        _pieces = pieces;
        _hasQuery = hasQuery;
        _fixed = pieces is [{ Placeholder: null }] ? new Uri(pieces[0].Literal, AsWritten) : null;
    }

    /// <summary>Scheme, host and port.</summary>
    public Uri Origin { get; }

    /// <summary>What every path begins with that it is filled to: its literal up to the first placeholder or query.</summary>
    public string PathStart
    {
        get
        {
            var literal = _pieces[0].Literal;
            var path = literal[literal.IndexOf('/', literal.IndexOf("//", StringComparison.Ordinal) + 2)..];
            var end = path.IndexOf('?', StringComparison.Ordinal);
            return end < 0 ? path : path[..end];
        }
    }

    /// <summary>The name of the service that stands in the stead of a host; null if there is a host.</summary>
    public string? Service => Origin.OriginalString.StartsWith(ServiceScheme, StringComparison.OrdinalIgnoreCase) ? Origin.OriginalString[ServiceScheme.Length..] : null;

    /// <summary>The names of the placeholders, in order of appearance.</summary>
    public IEnumerable<string> Placeholders => _pieces.Where(piece => piece.Placeholder is not null).Select(piece => piece.Placeholder!);

    public bool HasPlaceholderInQuery => _pieces.Any(piece => piece is { Placeholder: not null, InQuery: true });

    /// <summary>Compiles a template, or says why it cannot be.</summary>
    /// <param name="parameters">The part's params: those that are declared multi-segment keep their slashes.</param>
    public static UriTemplate? TryParse(string text, IReadOnlyList<ParamConfig> parameters, out string? fault)
    {
        fault = UriTemplateParser.Parse(text.Trim(), parameters, out var pieces, out var origin);
        return fault is null ? new UriTemplate(origin!, pieces, text.Contains('?', StringComparison.Ordinal)) : null;
    }

    /// <summary>Fills the template.</summary>
    /// <param name="valueOf">The first value of a path param; null where it has none, which leaves its place empty.</param>
    /// <param name="query">What is appended to the query: <c>name=value</c> pairs, escaped, joined by <c>&amp;</c>; may be empty.</param>
    /// <param name="problem">Why the values cannot be used, if the result is false.</param>
    public bool TryFill<TValues>(scoped ref TValues values, scoped ReadOnlySpan<char> query, [NotNullWhen(true)] out Uri? uri, [NotNullWhen(false)] out string? problem)
        where TValues : IPathValues, allows ref struct
    {
        problem = null;
        if (_fixed is not null && query.IsEmpty)
        {
            uri = _fixed;
            return true;
        }

        uri = null;
        var text = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[512]);
        var suspicious = false;
        foreach (var piece in _pieces)
        {
            if (piece.Placeholder is null)
            {
                text.AppendLiteral(piece.Literal);
                continue;
            }

            var value = values.First(piece.Placeholder) ?? "";
            if (value.Contains('\0', StringComparison.Ordinal))
            {
                problem = $"The path parameter {piece.Placeholder} holds a NUL character";
                text.Clear();
                return false;
            }

            suspicious |= value.AsSpan().Trim('.').IsEmpty || piece.MultiSegment;
            AppendEscaped(ref text, value, piece);
        }

        if (!query.IsEmpty)
        {
            text.AppendLiteral(_hasQuery ? "&" : "?");
            text.AppendFormatted(query);
        }

        if (text.Text.Length > MaxLength)
        {
            problem = $"The URI for the backend has {text.Text.Length} characters; at most {MaxLength} are sent";
            text.Clear();
            return false;
        }

        var filled = text.ToStringAndClear();
        if (suspicious && HasDotSegment(filled))
        {
            problem = "A path parameter makes a '.' or '..' segment, which would leave its place in the path";
            return false;
        }

        uri = new Uri(filled, AsWritten);
        return true;
    }

    static void AppendEscaped(ref DefaultInterpolatedStringHandler text, string value, UriPiece piece)
    {
        if (!piece.MultiSegment)
        {
            text.AppendLiteral(Uri.EscapeDataString(value));
            return;
        }

        var first = true;
        foreach (var range in value.AsSpan().Split('/'))
        {
            text.AppendLiteral(first ? "" : "/");
            text.AppendLiteral(Uri.EscapeDataString(value.AsSpan(range)));
            first = false;
        }
    }

    static bool HasDotSegment(string uri)
    {
        var end = uri.IndexOf('?', StringComparison.Ordinal);
        var path = uri.AsSpan(0, end < 0 ? uri.Length : end);
        foreach (var range in path.Split('/'))
        {
            if (path[range] is "." or "..")
            {
                return true;
            }
        }

        return false;
    }
}
