using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Fetching;

/// <summary>Takes the header of a backend's answer over, without what tells of the bytes on the wire: the body is stored decoded.</summary>
internal static class AnswerFields
{
    public static HeaderFields Of(HttpResponseMessage response)
    {
        var lines = new List<HeaderField>(16);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            if (name is "Content-Length" or "Content-Encoding")
            {
                continue;
            }

            foreach (var value in values)
            {
                lines.Add(new HeaderField(name, value));
            }
        }

        return new HeaderFields([.. lines]);
    }
}
