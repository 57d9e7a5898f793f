using System.Net.Http.Headers;
using System.Text;

namespace Tutti.Gateway.Calls;

/// <summary>Octoparts' tracing headers: the ids of the aggregate request and of the part request.</summary>
internal readonly record struct CallIds(string ParentRequestId, string RequestId)
{
    /// <summary>Ids are cut at this many characters on the wire.</summary>
    const int MaxLength = 256;

    const string Parent = "X-OCTOPARTS-PARENT-REQUEST-ID";
    const string Own = "X-OCTOPARTS-REQUEST-ID";
    const string Part = "X-OCTOPARTS-PART-ID";

    /// <summary>Whether a header is one of these.</summary>
    public static bool IsOne(string name) =>
        name.Equals(Parent, StringComparison.OrdinalIgnoreCase)
        || name.Equals(Own, StringComparison.OrdinalIgnoreCase)
        || name.Equals(Part, StringComparison.OrdinalIgnoreCase);

    public void AddTo(HttpRequestHeaders headers, string partId)
    {
        headers.TryAddWithoutValidation(Parent, Printable(ParentRequestId));
        headers.TryAddWithoutValidation(Own, Printable(RequestId));
        headers.TryAddWithoutValidation(Part, Printable(partId));
    }

    /// <summary>The id as a header can carry it: what is not printable ASCII is percent-encoded.</summary>
    public static string Printable(string id)
    {
        if (id.Length <= MaxLength && !id.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return id;
        }

        var text = new StringBuilder();
        foreach (var rune in id.AsSpan(0, Math.Min(id.Length, MaxLength)).EnumerateRunes())
        {
            _ = rune.Value is >= ' ' and <= '~' ? text.Append((char)rune.Value) : text.Append(Uri.EscapeDataString(rune.ToString()));
        }

        return text.ToString();
    }
}
