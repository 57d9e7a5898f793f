namespace Tutti.Batching.Reading;

/// <summary>All requests of a batch, and what each of them waits for.</summary>
internal sealed class BatchPlan
{
    BatchPlan(IReadOnlyList<PlannedCall> calls, BatchWishes wishes)
    {
        Calls = calls;
        Wishes = wishes;
    }

    public IReadOnlyList<PlannedCall> Calls { get; }

    public BatchWishes Wishes { get; }

    /// <summary>Checks everything that can be checked before anything runs.</summary>
    /// <param name="faults">What is wrong already.</param>
    /// <returns>Null where the batch is refused.</returns>
    public static BatchPlan? Make(IReadOnlyList<BatchCall> calls, BatchWishes wishes, TuttiBatchingOptions options, List<string> faults, out BatchRefusal? refusal)
    {
        refusal = LimitOf(calls, options);
        if (refusal is not null)
        {
            return null;
        }

        var index = IndexOf(calls, faults);
        var planned = calls.Select(call => PlannedCall.Of(call, index, calls, options.MaxJsonDepth, faults)).ToArray();
        faults.AddRange(wishes.Required.Where(id => !index.ContainsKey(id)).Select(id => $"{BatchWishes.RequireName} names '{id}', which no request has as its id"));
        faults.AddRange(DependencyCycles.Find(planned));
        refusal = faults.Count > 0 ? BatchRefusal.Malformed(faults) : null;
        return refusal is null ? new BatchPlan(planned, wishes) : null;
    }

    static BatchRefusal? LimitOf(IReadOnlyList<BatchCall> calls, TuttiBatchingOptions options)
    {
        if (calls.Count > options.MaxRequests)
        {
            return new BatchRefusal(StatusCodes.Status413PayloadTooLarge, "Too many requests in one batch", [$"The batch holds {calls.Count} requests; {options.MaxRequests} are allowed"]);
        }

        var tooLong = calls.Where(call => call.Url.Length > options.MaxUrlLength).Select(call => $"The url of '{call.Id}' is longer than {options.MaxUrlLength} characters").ToArray();
        return tooLong.Length > 0 ? new BatchRefusal(StatusCodes.Status414UriTooLong, "Url too long", tooLong) : null;
    }

    static Dictionary<string, int> IndexOf(IReadOnlyList<BatchCall> calls, List<string> faults)
    {
        var index = new Dictionary<string, int>(calls.Count, StringComparer.Ordinal);
        for (var i = 0; i < calls.Count; i++)
        {
            if (!index.TryAdd(calls[i].Id, i))
            {
                faults.Add($"The id '{calls[i].Id}' is there twice: each id is used once");
            }
        }

        faults.AddRange(calls.Where(call => call.AtomicityGroup is { } group && index.ContainsKey(group)).Select(call => $"'{call.AtomicityGroup}' is an id and an atomicityGroup"));
        return index;
    }
}
