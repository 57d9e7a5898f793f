using System.Globalization;
using Tutti.Contracts.Aggregation;

namespace Tutti.Gateway.Aggregation.Wire;

/// <summary>Reads <c>Set-Cookie</c> lines (RFC 6265, 5.2) into the cookies of Octoparts' answer.</summary>
internal static class SetCookieParser
{
    /// <summary>The cookie; null for a line that is none, which Octoparts drops without a word.</summary>
    public static Cookie? Parse(string line, DateTimeOffset now)
    {
        var pieces = line.Split(';');
        var equals = pieces[0].IndexOf('=', StringComparison.Ordinal);
        var name = equals > 0 ? pieces[0][..equals].Trim() : "";
        if (name.Length == 0 || name.AsSpan().ContainsAny(" \t\","))
        {
            return null;
        }

        var cookie = new Cookie(name, pieces[0][(equals + 1)..].Trim().Trim('"'), false, false, false, -1);
        var hasMaxAge = false;
        foreach (var piece in pieces.AsSpan(1))
        {
            var at = piece.IndexOf('=', StringComparison.Ordinal);
            var key = (at < 0 ? piece : piece[..at]).Trim().ToLowerInvariant();
            var value = at < 0 ? "" : piece[(at + 1)..].Trim().Trim('"');
            switch (key)
            {
                case "httponly":
                    cookie = cookie with { HttpOnly = true };
                    break;
                case "secure":
                    cookie = cookie with { Secure = true };
                    break;
                case "discard":
                    cookie = cookie with { Discard = true };
                    break;
                case "path" when value.Length > 0:
                    cookie = cookie with { Path = value };
                    break;
                case "domain" when value.Length > 0:
                    cookie = cookie with { Domain = value };
                    break;
                case "max-age" when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds):
                    hasMaxAge = true;
                    cookie = cookie with { MaxAge = Math.Max(0, seconds) };
                    break;
                case "expires" when !hasMaxAge && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end):
                    cookie = cookie with { MaxAge = Math.Max(0, (long)(end - now).TotalSeconds) };
                    break;
            }
        }

        return cookie;
    }
}
