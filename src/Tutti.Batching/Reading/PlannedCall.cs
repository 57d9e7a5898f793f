using Tutti.Batching.Conditions;
using Tutti.Batching.References;

namespace Tutti.Batching.Reading;

/// <summary>One request of a batch, read to the end: what it waits for, and what of earlier answers it uses.</summary>
internal sealed class PlannedCall
{
    static readonly Dictionary<int, TextTemplate> NoHeaders = [];

    public required BatchCall Call { get; init; }

    public Condition? Condition { get; init; }

    public TextTemplate? Url { get; init; }

    /// <summary>The headers that hold references, by their position.</summary>
    public Dictionary<int, TextTemplate> Headers { get; init; } = NoHeaders;

    public BodyTemplate? Body { get; init; }

    /// <summary>The positions of the requests that must have ended before.</summary>
    public int[] DependsOn { get; init; } = [];

    public static PlannedCall Of(BatchCall call, Dictionary<string, int> index, IReadOnlyList<BatchCall> calls, int maxDepth, List<string> faults)
    {
        if (call is { DependsOn: [], If: null, Headers: [], Body: null } && !call.Url.Contains('$', StringComparison.Ordinal))
        {
            return new PlannedCall { Call = call };
        }

        var dependsOn = new SortedSet<int>();
        foreach (var id in call.DependsOn.Where(id => !Add(id, index, calls, dependsOn)))
        {
            Fault($"it depends on '{id}', which no request has as its id");
        }

        string? wrong = null;
        var planned = new PlannedCall
        {
            Call = call,
            Condition = call.If is { } condition ? ConditionReader.Read(condition, index, out wrong) : null,
            Url = UrlTemplate.Read(call, index, Fault),
            Headers = HeadersOf(call, index, Fault),
            Body = call.Body is { } body ? BodyTemplate.Read(body, index, maxDepth, Fault) : null,
        };
        if (wrong is not null)
        {
            Fault($"its 'if' cannot be read: {wrong}");
        }

        dependsOn.UnionWith(planned.References.Select(reference => reference.Position));
        return planned.With([.. dependsOn]);

        void Fault(string fault) => faults.Add($"Request '{call.Id}': {fault}");
    }

    IEnumerable<Reference> References =>
    [
        .. Condition?.References ?? [], .. Url?.References ?? [], .. Headers.Values.SelectMany(header => header.References), .. Body?.References ?? [],
    ];

    PlannedCall With(int[] dependsOn) => new() { Call = Call, Condition = Condition, Url = Url, Headers = Headers, Body = Body, DependsOn = dependsOn };

    static Dictionary<int, TextTemplate> HeadersOf(BatchCall call, Dictionary<string, int> index, Action<string> fault)
    {
        Dictionary<int, TextTemplate>? templates = null;
        for (var i = 0; i < call.Headers.Length; i++)
        {
            var (name, value) = call.Headers[i];
            if ((EntityReference.ReadTag(name, value, index) ?? TextTemplate.Read(value, index, fault)) is { } template)
            {
                (templates ??= []).Add(i, template);
            }
        }

        return templates ?? NoHeaders;
    }

    static bool Add(string id, Dictionary<string, int> index, IReadOnlyList<BatchCall> calls, SortedSet<int> dependsOn)
    {
        if (index.TryGetValue(id, out var position))
        {
            dependsOn.Add(position);
            return true;
        }

        var members = Enumerable.Range(0, calls.Count).Where(i => calls[i].AtomicityGroup == id).ToArray();
        dependsOn.UnionWith(members);
        return members.Length > 0;
    }
}
