using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;

namespace Tutti.Gateway.Calls;

/// <summary>
/// Finds answers that are no good HTTP although HttpClient lets them pass: statuses beyond 200 to 599, several or impossible lengths,
/// a length beside chunks (RFC 9112, 6.3), control characters in headers (RFC 9110, 5.5).
/// </summary>
internal static class BrokenAnswer
{
    static readonly SearchValues<char> ControlCharacters = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Append(127).Select(code => (char)code).Where(c => c != '\t')]);

    /// <summary>The failure; null for a sound answer.</summary>
    public static PartOutcome? Of(HttpResponseMessage response) =>
        (int)response.StatusCode is < 200 or > 599
            ? Failed(string.Create(CultureInfo.InvariantCulture, $"The backend answered with status {(int)response.StatusCode}, which is no final status of HTTP"))
            : Length(response) ?? Controls(response);

    static PartOutcome? Length(HttpResponseMessage response)
    {
        if (!response.Content.Headers.NonValidated.TryGetValues("Content-Length", out var values))
        {
            return null;
        }

        if (values.Count != 1 || !long.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return Failed("The backend's Content-Length is not one number");
        }

        return response.Headers.NonValidated.Contains("Transfer-Encoding")
            ? Failed("The backend sent both Content-Length and Transfer-Encoding")
            : null;
    }

    static PartOutcome? Controls(HttpResponseMessage response)
    {
        foreach (var (name, values) in response.Headers.NonValidated)
        {
            if (HasControl(name, values, out var broken))
            {
                return broken;
            }
        }

        foreach (var (name, values) in response.Content.Headers.NonValidated)
        {
            if (HasControl(name, values, out var broken))
            {
                return broken;
            }
        }

        return null;
    }

    static bool HasControl(string name, HeaderStringValues values, out PartOutcome? broken)
    {
        broken = null;
        foreach (var value in values)
        {
            if (value.AsSpan().ContainsAny(ControlCharacters))
            {
                broken = Failed($"The backend's header {CallIds.Printable(name)} holds control characters");
                return true;
            }
        }

        return false;
    }

    static PartOutcome Failed(string message) => PartOutcome.Failed(PartFailure.BrokenAnswer, message);
}
