using Microsoft.AspNetCore.WebUtilities;

namespace Tutti.Batching.Reading;

/// <summary>Reads <c>?f=/foo&amp;b=/bar</c>: every parameter is a section, those that begin with an underscore are wishes.</summary>
internal sealed class QueryReader(IOptions<TuttiBatchingOptions> options)
{
    const int MaxNameLength = 64;

    /// <returns>Null where the batch is refused.</returns>
    public BatchPlan? Read(QueryString query, out BatchRefusal? refusal)
    {
        var faults = new List<string>();
        var calls = new List<BatchCall>();
        string? envelope = null, require = null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pair in new QueryStringEnumerable(query.Value))
        {
            var name = pair.DecodeName().ToString();
            var value = pair.DecodeValue().ToString();
            if (!names.Add(name))
            {
                faults.Add($"'{name}' is there twice: each name is used once");
            }
            else if (name == BatchWishes.EnvelopeName)
            {
                envelope = value;
            }
            else if (name == BatchWishes.RequireName)
            {
                require = value;
            }
            else if (FaultOf(name, value) is { } fault)
            {
                faults.Add(fault);
            }
            else
            {
                calls.Add(new BatchCall { Id = name, Method = HttpMethods.Get, Url = value });
            }
        }

        if (calls.Count == 0 && faults.Count == 0)
        {
            faults.Add("No request is named: write /batch?name=/path");
        }

        return BatchPlan.Make(calls, BatchWishes.Read(envelope, require, faults), options.Value, faults, out refusal);
    }

    static string? FaultOf(string name, string value) =>
        name.Length == 0 ? "A parameter has no name"
        : name.Length > MaxNameLength ? $"The name '{name[..16]}...' is longer than {MaxNameLength} characters"
        : name[0] == '_' ? $"'{name}' is unknown: names that begin with an underscore are {BatchWishes.EnvelopeName} and {BatchWishes.RequireName}"
        : value.Length == 0 ? $"'{name}' has no url"
        : null;
}
