using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Tutti.Gateway.Calls;

/// <summary>
/// What the gateway reads of an answer's status and headers, gathered in one walk. It also finds answers that are no good HTTP although
/// HttpClient lets them pass: statuses beyond 200 to 599, several or impossible lengths, a length beside chunks (RFC 9112, 6.3), control
/// characters in headers (RFC 9110, 5.5).
/// </summary>
internal ref struct AnswerHead
{
    static readonly SearchValues<char> ControlCharacters = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Append(127).Select(code => (char)code).Where(c => c != '\t')]);

    readonly HttpResponseMessage _response;
    string? _contentType;
    string? _contentLength;
    string? _cacheControl;
    string? _etag;
    string? _lastModified;
    bool _isChunked;
    List<string>? _setCookies;

    AnswerHead(HttpResponseMessage response) => _response = response;

    /// <summary>Why the answer is no good HTTP; null for a sound one.</summary>
    public PartOutcome? Broken { get; private set; }

    /// <summary>The declared media type; null where the backend declares none.</summary>
    public ContentType? Type { get; private set; }

    /// <summary>The declared length of the body, as it is sent.</summary>
    public long? Length { get; private set; }

    /// <summary>The content codings of the body, as they stand in the header.</summary>
    public string? Codings { get; private set; }

    public static AnswerHead Of(HttpResponseMessage response)
    {
        var head = new AnswerHead(response);
        head.Walk(response.Headers.NonValidated);
        head.Walk(response.Content.Headers.NonValidated);
        head.Conclude();
        return head;
    }

    /// <summary>The outcome whose body is still to come.</summary>
    public readonly PartOutcome ToOutcome(bool hasBody) => new()
    {
        Status = (int)_response.StatusCode,
        Reason = string.IsNullOrEmpty(_response.ReasonPhrase) ? null : _response.ReasonPhrase,
        Type = hasBody ? Type ?? ContentType.Undeclared : null,
        SetCookies = _setCookies ?? (IReadOnlyList<string>)[],
        CacheHeaders = new CacheHeaders(_cacheControl, _etag, _lastModified),
    };

    void Walk(HttpHeadersNonValidated headers)
    {
        foreach (var (name, values) in headers)
        {
            if (HasControl(values))
            {
                Broken ??= Failed($"The backend's header {CallIds.Printable(name)} holds control characters");
            }

            Take(name, values);
        }
    }

    /// <summary>Known names come in one spelling, however the backend wrote them.</summary>
    void Take(string name, HeaderStringValues values)
    {
        switch (name)
        {
            case "Content-Type":
                _contentType = First(values);
                break;
            case "Content-Length":
                _contentLength = values.ToString();
                break;
            case "Content-Encoding":
                Codings = values.ToString();
                break;
            case "Transfer-Encoding":
                _isChunked = true;
                break;
            case "Cache-Control":
                _cacheControl = values.ToString();
                break;
            case "ETag":
                _etag = values.ToString();
                break;
            case "Last-Modified":
                _lastModified = values.ToString();
                break;
            case "Set-Cookie":
                _setCookies = [.. values];
                break;
        }
    }

    void Conclude()
    {
        Type = _contentType is null ? null : ContentType.Of(_contentType);
        var status = (int)_response.StatusCode;
        if (status is < 200 or > 599)
        {
            Broken = Failed(string.Create(CultureInfo.InvariantCulture, $"The backend answered with status {status}, which is no final status of HTTP"));
        }
        else if (_contentLength is not null && !TryLength(_contentLength))
        {
            Broken = Failed("The backend's Content-Length is not one number");
        }
        else if (_contentLength is not null && _isChunked)
        {
            Broken = Failed("The backend sent both Content-Length and Transfer-Encoding");
        }
    }

    /// <summary>Several lengths are joined by a comma and so are no number.</summary>
    bool TryLength(string text)
    {
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length);
        Length = isNumber ? length : null;
        return isNumber;
    }

    /// <summary>Of several types the first counts, as in Octoparts.</summary>
    static string? First(HeaderStringValues values)
    {
        foreach (var value in values)
        {
            return value;
        }

        return null;
    }

    static bool HasControl(HeaderStringValues values)
    {
        foreach (var value in values)
        {
            if (value.AsSpan().ContainsAny(ControlCharacters))
            {
                return true;
            }
        }

        return false;
    }

    static PartOutcome Failed(string message) => PartOutcome.Failed(PartFailure.BrokenAnswer, message);
}
