using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.ProxyCache.Fetching;

/// <summary>Reads the header of a service's answer, all of it.</summary>
internal static class AnswerFields
{
    public static HeaderFields Of(HttpResponseMessage answer)
    {
        var lines = new List<HeaderField>(16);
        Add(lines, answer.Headers.NonValidated);
        Add(lines, answer.Content.Headers.NonValidated);
        return new HeaderFields([.. lines]);
    }

    static void Add(List<HeaderField> lines, System.Net.Http.Headers.HttpHeadersNonValidated headers)
    {
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                lines.Add(new HeaderField(name, value));
            }
        }
    }
}
