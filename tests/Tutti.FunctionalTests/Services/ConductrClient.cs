using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Tutti.FunctionalTests.Services;

/// <summary>
/// Asks as ConductR's Java library does on the wire: HTTP/1.1 over one kept connection, names of fields looked up in their case, redirects
/// not followed, <c>max-age</c> found by an expression and read as an int, <c>Location</c> read by a strict reader of URIs.
/// </summary>
internal sealed partial class ConductrClient : IDisposable
{
    readonly TcpClient _client = new();
    readonly string _authority;
    readonly string _base;

    ConductrClient(Uri variable)
    {
        _authority = variable.Authority;
        _base = variable.AbsolutePath.TrimEnd('/');
    }

    /// <param name="variable">What <c>SERVICE_LOCATOR</c> or <c>CONDUCTR_STATUS</c> says.</param>
    public static async Task<ConductrClient> ConnectAsync(string variable)
    {
        var uri = new Uri(variable);
        var client = new ConductrClient(uri);
        await client._client.ConnectAsync(uri.Host, uri.Port);
        return client;
    }

    /// <summary>Looks a service up; its name begins with a slash.</summary>
    /// <returns>Where it is and how long that may be kept, null if it must not be; or nothing for 404.</returns>
    /// <exception cref="InvalidDataException">The library fails at such an answer.</exception>
    public async Task<(string Location, int? MaxAge)?> LookUpAsync(string name, string method = "GET")
    {
        var (status, fields) = await SendAsync(method, name, "");
        return status switch
        {
            404 => null,
            307 => (Strict(fields.GetValueOrDefault("Location") ?? throw new InvalidDataException("There is no field 'Location' in just this case.")), MaxAge(fields)),
            _ => throw new InvalidDataException($"Illegal response code {status}"),
        };
    }

    /// <summary>Signals the start of a bundle.</summary>
    /// <param name="more">Fields that not every version sends, each with its end of line.</param>
    public async Task<int> SignalAsync(string bundle, string more = "") => (await SendAsync("PUT", $"/bundles/{bundle}?isStarted=true", more)).Status;

    public void Dispose() => _client.Dispose();

    async Task<(int Status, Dictionary<string, string> Fields)> SendAsync(string method, string path, string more)
    {
        using var guard = new CancellationTokenSource(Support.Eventually.HangGuard);
        var stream = _client.GetStream();
        var head = $"{method} {_base}{path} HTTP/1.1\r\nUser-Agent: TypesafeConductRLib\r\nHost: {_authority}\r\n"
            + $"Accept: text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2\r\nConnection: keep-alive\r\n{more}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), guard.Token);
        var status = int.Parse((await LineAsync(stream, guard.Token)).Split(' ')[1], CultureInfo.InvariantCulture);

        // The last one of a name counts.
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await LineAsync(stream, guard.Token) is { Length: > 0 } line)
        {
            fields[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }

        await (method == "HEAD" || status == 204 ? Task.CompletedTask : PassOverAsync(stream, fields, guard.Token));
        return (status, fields);
    }

    static async Task PassOverAsync(NetworkStream stream, Dictionary<string, string> fields, CancellationToken ct)
    {
        var isChunked = fields.ContainsKey("Transfer-Encoding");
        int length;
        do
        {
            length = isChunked
                ? int.Parse(await LineAsync(stream, ct), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : int.Parse(fields["Content-Length"], CultureInfo.InvariantCulture);
            await stream.ReadExactlyAsync(new byte[isChunked ? length + "\r\n".Length : length], ct);
        }
        while (isChunked && length > 0);
    }

    static async Task<string> LineAsync(NetworkStream stream, CancellationToken ct)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line is not [.., '\r', '\n'])
        {
            await stream.ReadExactlyAsync(one, ct);
            line.Append((char)one[0]);
        }

        return line.ToString()[..^2];
    }

    static int? MaxAge(Dictionary<string, string> fields) =>
        fields.GetValueOrDefault("Cache-Control") is { } value && Number().Match(value) is { Success: true } match
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Java's reader takes what RFC 2396 lets stand, and escapes of two digits.</summary>
    static string Strict(string uri) => Legal().IsMatch(uri) ? uri : throw new InvalidDataException($"Illegal character in '{uri}'");

    [GeneratedRegex(@"^.*max-age=(\d+).*$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[a-z][a-z0-9+.-]*://[A-Za-z0-9_.:\[\]-]+(?:/(?:[A-Za-z0-9_.!~*'();:@&=+$,/-]|%[0-9A-Fa-f]{2})*)?(?:\?(?:[A-Za-z0-9_.!~*'();:@&=+$,/?\[\]-]|%[0-9A-Fa-f]{2})*)?$")]
    private static partial Regex Legal();
}
