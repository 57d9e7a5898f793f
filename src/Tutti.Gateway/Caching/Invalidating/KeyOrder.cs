using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Caching.Cluster.Invalidations;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>Names one stored answer as a request asks for it.</summary>
/// <remarks>What has a default has a setter: generated JSON code would overwrite an init-only default where the field is absent.</remarks>
internal sealed record KeyOrder
{
    public required string PartId { get; init; }

    /// <summary>The values of the part's params, by their input names, in the order in which the request has them.</summary>
    public IReadOnlyList<KeyOrderParam> Params { get; set; } = [];

    /// <summary>What the request says of itself, for params that are filled from it.</summary>
    public KeyOrderMeta RequestMeta { get; set; } = new();

    public List<Fault> Check(PartModel part)
    {
        var faults = new List<Fault>();
        foreach (var (i, value) in Params.Index())
        {
            if (!Array.Exists(part.Params, param => param.InputName == value.Key))
            {
                faults.Add(new Fault($"params[{i}].key", $"The part has no param '{value.Key}'"));
            }
        }

        return faults;
    }

    public Invalidation ToInvalidation(PartModel part, bool isSoft)
    {
        PartRequestParam[] given = [.. Params.Select(value => new PartRequestParam(value.Key, value.Value))];
        return new Invalidation.Key(part.Id, AnswerKey.NameOf(part, new ParamValues(part, RequestMeta.ToMeta(), given)), isSoft);
    }
}
