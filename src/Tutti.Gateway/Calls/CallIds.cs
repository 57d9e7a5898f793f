using System.Net.Http.Headers;
using System.Text;

namespace Tutti.Gateway.Calls;

/// <summary>Octoparts' tracing headers: the ids of the aggregate request and of the part request.</summary>
internal readonly record struct CallIds(string ParentRequestId, string RequestId)
{
    /// <summary>Ids are cut at this many characters on the wire.</summary>
    const int MaxLength = 256;

    public void AddTo(HttpRequestHeaders headers, string partId)
    {
        Set(headers, "X-OCTOPARTS-PARENT-REQUEST-ID", ParentRequestId);
        Set(headers, "X-OCTOPARTS-REQUEST-ID", RequestId);
        Set(headers, "X-OCTOPARTS-PART-ID", partId);
    }

    static void Set(HttpRequestHeaders headers, string name, string value)
    {
        // A header param of the same name does not hide the id (behaviour 28 of Octoparts).
        if (headers.NonValidated.Contains(name))
        {
            headers.Remove(name);
        }

        headers.TryAddWithoutValidation(name, Printable(value));
    }

    /// <summary>The id as a header can carry it: what is not printable ASCII is percent-encoded.</summary>
    public static string Printable(string id)
    {
        if (id.Length <= MaxLength && !id.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return id;
        }

        var text = new StringBuilder();
        foreach (var c in id.AsSpan(0, Math.Min(id.Length, MaxLength)))
        {
            _ = c is >= ' ' and <= '~' ? text.Append(c) : text.Append(Uri.EscapeDataString(c.ToString()));
        }

        return text.ToString();
    }
}
