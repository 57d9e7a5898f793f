using System.Globalization;
using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Fetching;

/// <summary>The header of a backend's answer, read in one walk: its fields, and apart from them what tells of the bytes on the wire, since the body is stored decoded.</summary>
/// <param name="Length">How many bytes the backend says the body has as it is sent.</param>
/// <param name="Codings">The content codings of the body.</param>
internal sealed record FetchedHead(HeaderFields Fields, long? Length, string? Codings)
{
    public static FetchedHead Of(HttpResponseMessage response)
    {
        var lines = new List<HeaderField>(16);
        long? length = null;
        string? codings = null;
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            switch (name)
            {
                case "Content-Length":
                    length = long.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
                    break;
                case "Content-Encoding":
                    codings = values.ToString();
                    break;
                default:
                    lines.AddRange(values.Select(value => new HeaderField(name, value)));
                    break;
            }
        }

        return new FetchedHead(new HeaderFields([.. lines]), length, codings);
    }
}
